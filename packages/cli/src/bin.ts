#!/usr/bin/env node
import { main, reportError } from './main.js';
import { processTerminal } from './terminal.js';

const terminal = processTerminal(({ cause, error, exitCode }) => {
  process.exit(cause === 'error' ? reportError(error, terminal) : exitCode);
});

process.exitCode = await main(process.argv.slice(2), terminal);
