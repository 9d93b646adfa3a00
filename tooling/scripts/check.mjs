/**
 * `npm test`: install, build and every check. All checks run even if one fails, so that one run tells
 * everything; the last line counts the tests of all packages.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, requireSupportedNode, run } from './workspace.mjs';

requireSupportedNode();
for (const step of [install, build]) {
  const status = step();
  if (status !== 0) process.exit(status);
}

const reports = mkdtempSync(join(tmpdir(), 'dist-gan-tests-'));
const report = join(reports, 'vitest.json');

const checks = {
  types: () => run('pnpm', 'typecheck'),
  lint: () => run('pnpm', 'lint', '--max-warnings=0'),
  format: () => run('pnpm', 'format:check', '--log-level=warn'),
  'unused code and dependencies': () => run('pnpm', 'knip'),
  packages: () => run('pnpm', 'turbo', 'run', 'package-check', '--output-logs=errors-only'),
  // A few steps each: that they run, not what they reach.
  examples: () =>
    run('node', 'examples/losses-in-your-own-gan/main.mjs', '20') ||
    run('node', 'examples/your-own-architecture/main.mjs', '50'),
  tests: () => run('pnpm', 'unit', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`),
};

const failed = [];
for (const [name, check] of Object.entries(checks)) {
  const begin = performance.now();
  const status = check();
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}

const counts = JSON.parse(readFileSync(report, 'utf8'));
rmSync(reports, { recursive: true });
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
const skipped = counts.numPendingTests + (counts.numTodoTests ?? 0);
const skippedTests = counts.testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'pending' || status === 'skipped');
if (skippedTests.some(({ fullName }) => fullName.includes('Chromium')))
  console.log('skipped: the tests of pages in a browser; no Chromium was found, CHROMIUM_PATH names one');
if (skippedTests.some(({ fullName }) => fullName.includes('TensorFlow')))
  console.log(
    'skipped: the tests of the target TensorFlow, which is not installed; node tooling/scripts/engines.mjs brings it',
  );
console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${skipped} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;
