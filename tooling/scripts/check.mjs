/**
 * `npm test`: install, build and every check. All checks run even if one fails, so that one run tells
 * everything; the last line counts the tests of all packages.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, requireSupportedNode, run, runBeside } from './workspace.mjs';

requireSupportedNode();
for (const step of [install, build]) {
  const status = step();
  if (status !== 0) process.exit(status);
}

const failed = [];
function tell(name, status, begin) {
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}

/** Each uses one core, the longest first: as many at a time as there are cores. */
const checks = [
  ['lint', 'pnpm', 'lint', '--max-warnings=0'],
  ['packages', 'pnpm', 'turbo', 'run', 'package-check', '--output-logs=errors-only', '--concurrency=1'],
  ['types', 'pnpm', 'typecheck'],
  ['format', 'pnpm', 'format:check', '--log-level=warn'],
  // A few steps each: that they run, not what they reach.
  ['example: losses in your own GAN', 'node', 'examples/losses-in-your-own-gan/main.mjs', '20'],
  ['example: your own architecture', 'node', 'examples/your-own-architecture/main.mjs', '50'],
  ['unused code and dependencies', 'pnpm', 'knip'],
];
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let check = checks.shift(); check !== undefined; check = checks.shift()) {
      const [name, ...command] = check;
      console.log(`begins: ${name}`);
      const begin = performance.now();
      const { status, output } = await runBeside(...command);
      process.stdout.write(output);
      tell(name, status, begin);
    }
  }),
);

const reports = mkdtempSync(join(tmpdir(), 'dist-gan-tests-'));
const report = join(reports, 'vitest.json');
const begin = performance.now();
const status = run('pnpm', 'unit', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
tell('tests', status, begin);

const counts = JSON.parse(readFileSync(report, 'utf8'));
rmSync(reports, { recursive: true });
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
const skipped = counts.numPendingTests + (counts.numTodoTests ?? 0);
const skippedTests = counts.testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'pending' || status === 'skipped');
if (skippedTests.some(({ fullName }) => fullName.includes('Chromium')))
  console.log('skipped: the tests of pages in a browser; no Chromium was found, CHROMIUM_PATH names one');
if (skippedTests.some(({ fullName }) => fullName.includes('Redis')))
  console.log('skipped: the tests of the queue; neither redis-server nor valkey-server was found');
if (skippedTests.some(({ fullName }) => fullName.includes('TensorFlow')))
  console.log(
    'skipped: the tests of the target TensorFlow, which is not installed; node tooling/scripts/engines.mjs brings it',
  );
console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${skipped} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;
