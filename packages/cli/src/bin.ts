#!/usr/bin/env node
import { main } from './main.js';

// A reader that has seen enough, as in `dist-gan presets | head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));
