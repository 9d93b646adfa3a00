/**
 * `npm test`: install, build and every check. All checks run even if one fails, so that one run tells
 * everything; the last line counts the tests of all packages. `npm run test:full` has the tests of `*.full.test.ts`, too.
 */
import { availableParallelism } from 'node:os';
import { runTests } from './run-tests.mjs';
import { build, install, requireSupportedNode, runBeside } from './workspace.mjs';

requireSupportedNode();
if (process.argv.includes('--full')) process.env.DIST_GAN_TESTS = 'full';
// What names no target means ONNX Runtime here, also where TensorFlow is installed.
process.env.DIST_GAN_TARGET ??= 'onnx';
const installed = install();
if (installed !== 0) process.exit(installed);

const failed = [];
function tell(name, status, begin) {
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}

/** Each uses one core, the longest first: as many at a time as there are cores. */
const checks = [
  // Those of scripts know packages by what was built.
  ['lint', 'pnpm', 'lint'],
  ['packages', 'pnpm', 'package-check'],
  // A few steps each: that they run, not what they reach.
  ['example: losses in your own GAN', 'node', 'examples/losses-in-your-own-gan/main.mjs', '20'],
  ['example: your own architecture', 'node', 'examples/your-own-architecture/main.mjs', '50'],
  ['public API', 'node', 'tooling/scripts/api.mjs', '--check'],
  ['sizes of bundles', 'node', 'tooling/scripts/sizes.mjs'],
];
// What the site is made with is installed for it alone, which takes a registry and minutes.
if (process.env.DIST_GAN_TESTS === 'full')
  checks.push(['documentation site', 'node', 'tooling/scripts/docs.mjs', '--check']);
/** These look at sources alone. Packages are built one after those that they need, which leaves a core to them. */
const checksOfSources = [
  ['types', 'pnpm', 'typecheck'],
  ['unused code and dependencies', 'pnpm', 'knip'],
  ['format', 'pnpm', 'format:check'],
];
async function run(queue) {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    const [name, ...command] = check;
    console.log(`begins: ${name}`);
    const begin = performance.now();
    const { status, output } = await runBeside(...command);
    process.stdout.write(output);
    tell(name, status, begin);
  }
}
const first = run(checksOfSources);
const built = await build();
if (built !== 0) {
  await first;
  process.exit(built);
}
const checking = [
  first.then(() => run(checks)),
  ...Array.from({ length: availableParallelism() - 1 }, () => run(checks)),
];
// The tests need no check: they begin when the first core has none left.
await Promise.race(checking);

const begin = performance.now();
let { status, files, errors } = await runTests();
const unfinished = files.filter((file) => file.unfinished.length > 0);
// A native library that crashes takes along the process, and with it all the tests of its file. Which one it was is
// said; whether it does so again, or once in a thousand times, the file by itself tells.
if (unfinished.length > 0 && errors.every((error) => error.includes('Worker exited unexpectedly'))) {
  for (const { file, unfinished: names } of unfinished)
    console.error(`the process of ${file} ended during "${names[0]}"; the file is run again`);
  const again = await runTests(...unfinished.map(({ file }) => file));
  const failedBefore = files.some((file) => file.failed.length > 0);
  status = again.status !== 0 || failedBefore ? 1 : 0;
  files = [...files.filter((file) => !unfinished.includes(file)), ...again.files];
}
tell('tests', status, begin);
await Promise.all(checking);

const sumOf = (count) => files.reduce((sum, file) => sum + count(file), 0);
const skipped = files.flatMap((file) => file.skipped);
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
if (skipped.some((name) => name.includes('Chromium')))
  console.log('skipped: the tests of pages in a browser; no Chromium was found, CHROMIUM_PATH names one');
if (skipped.some((name) => name.includes('Redis')))
  console.log('skipped: the tests of the queue; neither redis-server nor valkey-server was found');
if (skipped.some((name) => name.includes('TensorFlow')))
  console.log(
    'skipped: the tests of the target TensorFlow, which is not installed; node tooling/scripts/engines.mjs brings it',
  );
const failures = sumOf((file) => file.failed.length + file.unfinished.length);
console.log(`${sumOf((file) => file.passed)} passed, ${failures} failed, ${skipped.length} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;
