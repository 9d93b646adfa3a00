#!/usr/bin/env node
import { switchOffTelemetry } from '@dist-gan/core';
import { main, reportError } from './main.js';
import { processTerminal } from './terminal.js';

// Nothing that this program loads reports to anybody; what it starts inherits that.
switchOffTelemetry();

const terminal = processTerminal(({ cause, error, exitCode }) => {
  process.exit(cause === 'error' ? reportError(error, terminal) : exitCode);
});

process.exitCode = await main(process.argv.slice(2), terminal);
