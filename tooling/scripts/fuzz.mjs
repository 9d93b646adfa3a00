/**
 * Gives every reader of file formats 100,000 damaged files, slow readers a part of them: `pnpm fuzz`, or so many as are
 * named, or some readers alone: `pnpm fuzz 5000 tiff`.
 */
import { runTests } from './run-tests.mjs';

const [inputs = '100000', name] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(inputs)) {
  console.error(`error: ${inputs} is no number of files; pnpm fuzz 5000, or pnpm fuzz 5000 tiff`);
  process.exit(2);
}
process.env.DIST_GAN_FUZZ_INPUTS = inputs;
const chosen = name === undefined ? [] : ['--testNamePattern', name];
const { status, files } = await runTests('tooling/fuzz', ...chosen);
process.exitCode = status;
// Vitest is content where no test has the name.
if (status === 0 && files.every(({ passed }) => passed === 0)) {
  console.error(`error: no reader is called ${name}; tooling/fuzz/README.md names them`);
  process.exitCode = 2;
}
