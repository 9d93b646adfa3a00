/**
 * Kills real runs with SIGKILL at random moments, resumes them until they are done, and compares what they end with, to
 * the byte, with a run that nobody killed.
 *
 *     node tooling/kills/kill-runs.mjs [kills] [seed] [targets] [setups]
 *
 * Targets and set-ups are lists with commas; default `onnx` and all set-ups. Runs take them in turn. A kill counts when the run
 * had a checkpoint to go on from; those before are counted apart. Needs a build.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { CheckpointStore, encodeCheckpoint } from '../../packages/runs/dist/index.js';

const cli = new URL('../../packages/cli/', import.meta.url);
const program = fileURLToPath(new URL('dist/bin.js', cli));
const sharp = createRequire(new URL('package.json', cli))('sharp');
const folder = mkdtempSync(join(tmpdir(), 'dist-gan-kills-'));
const pictures = join(folder, 'pictures');

const points = ['dataset.pointsPerMode=20', 'evaluation.samples=100', 'architecture.hiddenUnits=[8,8]'];
const streamed = [
  ...['dataset.id=image-folder', `dataset.folder=${pictures}`, 'dataset.size=8'],
  // Decoded by threads when they are needed, and never kept.
  ...['dataset.memoryMegabytes=0', 'dataset.workers=2'],
  ...['evaluation.samples=16', 'architecture.hiddenUnits=[8]'],
];
const average = 'movingAverage.halfLife=500';

/** By name: preset, threads, and what is changed of it. */
const setups = {
  'dist-gan': ['gaussian-grid', 2, [...points, average]],
  'wgan-gp': ['gaussian-grid-wgan-gp', 1, points],
  'gn-gan': ['gaussian-grid-gn-gan', 3, [...points, average]],
  began: ['gaussian-grid-began', 1, points],
  'streamed-augmented': [
    ...['mnist-mlp', 2],
    [...streamed, 'augmentations=[{"id":"horizontal-flip"},{"id":"diff-augment"}]'],
  ],
  'streamed-adaptive': [
    'mnist-mlp',
    1,
    [...streamed, average, 'augmentations=[{"id":"adaptive-diff-augment"}]'],
  ],
};

const [wantedKills = 200, seed = 1] = process.argv.slice(2, 4).map(Number);
const targets = (process.argv[4] ?? 'onnx').split(',');
const chosen = process.argv[5]?.split(',') ?? Object.keys(setups);
const unknown = chosen.filter((name) => !Object.hasOwn(setups, name));
if (unknown.length > 0 || !(wantedKills > 0) || !Number.isInteger(seed)) {
  rmSync(folder, { recursive: true });
  console.error(
    unknown.length > 0
      ? `error: there is no set-up ${unknown.join(', ')}; there are ${Object.keys(setups).join(', ')}`
      : 'error: kills and seed are numbers: node tooling/kills/kill-runs.mjs 200 1',
  );
  process.exit(2);
}
const kinds = targets.flatMap((target) =>
  Object.entries(setups)
    .filter(([name]) => chosen.includes(name))
    .map(([name, [preset, threads, changes]]) => ({
      name: `${name} on ${target}`,
      preset,
      threads,
      changes,
      target,
    })),
);
const steps = 150;
const everySteps = 7;

const train = ({ preset, threads, changes, target }, run) => [
  ...[program, 'train', preset, '--json', '--out', join(folder, run), '--steps', `${steps}`, '--seed', '3'],
  ...[...changes, 'batchSize=16', 'evaluation.every=50'].map((change) => `--set=${change}`),
  ...['--checkpoint-steps', `${everySteps}`, '--target', target, '--threads', `${threads}`],
];
const resume = (run) => [
  program,
  'resume',
  join(folder, run),
  '--json',
  '--checkpoint-steps',
  `${everySteps}`,
];

/** Everything of the last checkpoint but the time that it took. */
const lastBytes = (run) =>
  Buffer.from(
    encodeCheckpoint({ ...new CheckpointStore(join(folder, run, 'checkpoints')).newest(), seconds: 0 }),
  );

/** The log without times and memory. */
function log(run) {
  const lines = readFileSync(join(folder, run, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const measured = ['seconds', 'memoryBytes', 'timing', 'samplesPerSecond'];
  return lines
    .map((line) =>
      JSON.stringify(JSON.parse(line, (key, value) => (measured.includes(key) ? undefined : value))),
    )
    .join('\n');
}

/** The numbers of the result: none where a run was killed at its very end and not completed. */
const numbers = (run) =>
  JSON.stringify(JSON.parse(readFileSync(join(folder, run, 'result.json'), 'utf8')).metrics);

/** mulberry32: the moments of the kills are the same for the same seed, as far as a machine allows. */
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/**
 * Runs the program and kills it: a fifth of the times at any moment from the start of the process on, else some moments after one
 * of the next 50 steps. Counted in steps, not in seconds, a run goes forward however slow the machine is.
 *
 * @returns whether it was killed before it was done
 */
function runAndKill(command, startMs, stepMs) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
    const kill = (ms) => setTimeout(() => child.kill('SIGKILL'), ms).unref();
    let left = 1 + Math.floor(50 * random());
    // A step may be followed by a checkpoint or an evaluation: longer than one.
    const delay = 3 * stepMs * random();
    if (random() < 0.2) {
      kill(startMs * random());
      left = Infinity;
    }
    let errors = '';
    child.stdout.on('data', (text) => {
      const before = left;
      left -= String(text).split('"event":"step"').length - 1;
      if (before > 0 && left <= 0) kill(delay);
    });
    child.stderr.on('data', (text) => (errors += text));
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`${command.slice(1, 3).join(' ')} ended with ${code}: ${errors}`));
    });
  });
}

const begin = performance.now();
mkdirSync(pictures);
for (let i = 0; i < 40; i++) {
  const background = { r: 6 * i, g: 255 - 6 * i, b: (37 * i) % 256 };
  const picture = sharp({ create: { width: 10, height: 8, channels: 3, background } });
  await picture.png().toFile(join(pictures, `${i}.png`));
}
for (const kind of kinds) {
  const run = `whole ${kind.name}`;
  const started = performance.now();
  const whole = spawnSync(process.execPath, train(kind, run), { encoding: 'utf8' });
  if (whole.status !== 0) throw new Error(`${kind.name}: ${whole.stderr}`);
  const seconds = JSON.parse(readFileSync(join(folder, run, 'result.json'), 'utf8')).seconds;
  kind.startMs = performance.now() - started;
  kind.stepMs = (1000 * seconds) / steps;
  kind.bytes = lastBytes(run);
  kind.log = log(run);
  kind.numbers = numbers(run);
  kind.kills = 0;
  kind.early = 0;
  kind.runs = 0;
  console.log(
    `${kind.name}: ${steps} steps in ${seconds.toFixed(1)} s; a checkpoint has ${kind.bytes.length} bytes`,
  );
}

const sum = (key) => kinds.reduce((total, kind) => total + kind[key], 0);
let runs = 0;
while (sum('kills') < wantedKills || runs < kinds.length) {
  const kind = kinds[runs % kinds.length];
  const run = `run-${runs}`;
  let command = train(kind, run);
  while (await runAndKill(command, kind.startMs, kind.stepMs)) {
    const store = new CheckpointStore(join(folder, run, 'checkpoints'));
    if (store.names().length > 0) {
      kind.kills++;
      command = resume(run);
      continue;
    }
    // Killed before its first checkpoint: there is nothing to resume, and the program says so.
    kind.early++;
    if (existsSync(join(folder, run, 'run.json'))) {
      const refused = spawnSync(process.execPath, resume(run), { encoding: 'utf8' });
      if (refused.status !== 2 || !refused.stderr.includes('holds no checkpoint')) {
        throw new Error(`resume without a checkpoint ended with ${refused.status}: ${refused.stderr}`);
      }
    }
    rmSync(join(folder, run), { recursive: true, force: true });
    command = train(kind, run);
  }
  if (!lastBytes(run).equals(kind.bytes))
    throw new Error(`${run} (${kind.name}) in ${folder} has other bytes`);
  if (log(run) !== kind.log) throw new Error(`${run} (${kind.name}) in ${folder} has another log`);
  if (numbers(run) !== kind.numbers) throw new Error(`${run} (${kind.name}) in ${folder} has other results`);
  const left = readdirSync(join(folder, run), { recursive: true }).filter((name) =>
    /\.tmp$|\.lock$/.test(name),
  );
  if (left.length > 0) throw new Error(`${run} (${kind.name}) in ${folder} has left ${left.join(', ')}`);
  kind.runs++;
  runs++;
  console.log(
    `${runs} runs, ${sum('kills')} kills and ${sum('early')} before a first checkpoint; ${kind.name}: same bytes`,
  );
  rmSync(join(folder, run), { recursive: true });
}
rmSync(folder, { recursive: true });
for (const { name, kills, early, runs } of kinds) {
  console.log(`${name}: ${runs} runs, ${kills} kills, ${early} before a first checkpoint`);
}
console.log(
  `${sum('kills')} kills of ${runs} runs: every run ended with the bytes and the log of the one that was not killed ` +
    `(${((performance.now() - begin) / 60_000).toFixed(1)} min)`,
);
