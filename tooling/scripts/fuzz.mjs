/**
 * Gives every reader of file formats 100,000 damaged files, slow readers a part of them: `pnpm fuzz`, or so many as are
 * named, or some readers alone: `pnpm fuzz 5000 tiff`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './workspace.mjs';

const [inputs = '100000', name] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(inputs)) {
  console.error(`error: ${inputs} is no number of files; pnpm fuzz 5000, or pnpm fuzz 5000 tiff`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'dist-gan-fuzz-'));
const summary = join(folder, 'summary.json');
Object.assign(process.env, { DIST_GAN_FUZZ_INPUTS: inputs, DIST_GAN_TEST_SUMMARY: summary });
const reporters = ['--reporter=default', '--reporter=./tooling/test/summary-reporter.mjs'];
const chosen = name === undefined ? [] : ['--testNamePattern', name];
process.exitCode = run('pnpm', 'vitest', 'run', 'tooling/fuzz', ...reporters, ...chosen);
const { files } = existsSync(summary) ? JSON.parse(readFileSync(summary, 'utf8')) : { files: [] };
rmSync(folder, { recursive: true });
// Vitest is content where no test has the name.
if (process.exitCode === 0 && files.every(({ passed }) => passed === 0)) {
  console.error(`error: no reader is called ${name}; tooling/fuzz/README.md names them`);
  process.exitCode = 2;
}
