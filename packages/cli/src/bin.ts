import { setFlagsFromString } from 'node:v8';
import { tooOldNode } from './node-version.js';

const problem = tooOldNode(process.versions.node, 'getBuiltinModule' in process);
if (problem === undefined) await run();
else {
  process.stderr.write(`error: ${problem}\n`);
  process.exitCode = 1;
}

/** What it needs is loaded only now: an old Node may fail at loading it. */
async function run(): Promise<void> {
  // A short run spends a sixth of its processor time on optimising code that is not run for long. V8 of Node 20 begins with it early,
  // later ones wait longer by themselves.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000');
  const { switchOffTelemetry } = await import('@dist-gan/core');
  // Nothing that this program loads reports to anybody; what it starts inherits that.
  switchOffTelemetry();
  const { main, reportError } = await import('./main.js');
  const { processTerminal } = await import('./terminal.js');
  const terminal = processTerminal(({ cause, error, exitCode }) => {
    process.exit(cause === 'error' ? reportError(error, terminal) : exitCode);
  });
  process.exitCode = await main(process.argv.slice(2), terminal);
}
