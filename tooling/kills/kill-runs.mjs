/**
 * Kills real runs with SIGKILL at random moments, resumes them until they are done, and compares what they end with, to
 * the byte, with a run that nobody killed.
 *
 *     node tooling/kills/kill-runs.mjs [kills] [seed] [target]
 *
 * Needs a build. A fifth of the kills comes at any moment from the start of the process on, the others while it trains.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { CheckpointStore, encodeCheckpoint } from '../../packages/runs/dist/index.js';

const [wantedKills = 200, seed = 1] = process.argv.slice(2, 4).map(Number);
const target = process.argv[4] ?? 'onnx';
const program = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const steps = 150;
const folder = mkdtempSync(join(tmpdir(), 'dist-gan-kills-'));

const words = (run) => [
  ...[program, 'train', 'gaussian-grid', '--out', join(folder, run), '--steps', `${steps}`, '--json'],
  ...[
    '--set',
    'architecture.hiddenUnits=[8,8]',
    '--set',
    'batchSize=16',
    '--set',
    'dataset.pointsPerMode=20',
  ],
  ...[
    '--set',
    'evaluation.every=50',
    '--set',
    'evaluation.samples=100',
    '--set',
    'movingAverage.halfLife=500',
  ],
  ...['--checkpoint-steps', '7', '--target', target, '--threads', '2'],
];
const resume = (run) => [program, 'resume', join(folder, run), '--json', '--checkpoint-steps', '7'];

/** Everything of the last checkpoint but the time that it took. */
const lastBytes = (run) =>
  Buffer.from(
    encodeCheckpoint({ ...new CheckpointStore(join(folder, run, 'checkpoints')).newest(), seconds: 0 }),
  );

/** The log without times. */
const log = (run) =>
  readFileSync(join(folder, run, 'metrics.jsonl'), 'utf8').replaceAll(/"(seconds|memoryBytes)":[^,}]+/g, '');

/** mulberry32: the moments of the kills are the same for the same seed, as far as a machine's clock allows. */
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/** Runs the program and kills it at a moment of chance. @returns whether it was killed before it was done */
function runAndKill(command, longestMs) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
    const anyMoment = random() < 0.2;
    const delay = random() * longestMs;
    let timer = anyMoment ? setTimeout(() => child.kill('SIGKILL'), delay) : undefined;
    let errors = '';
    child.stdout.on('data', (text) => {
      if (timer !== undefined || !String(text).includes('"event":"start"')) return;
      timer = setTimeout(() => child.kill('SIGKILL'), delay);
    });
    child.stderr.on('data', (text) => (errors += text));
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`${command.slice(1, 3).join(' ')} ended with ${code}: ${errors}`));
    });
  });
}

const begin = performance.now();
const whole = spawnSync(process.execPath, words('whole'), { encoding: 'utf8' });
if (whole.status !== 0) throw new Error(whole.stderr);
const trainedFor = JSON.parse(readFileSync(join(folder, 'whole/result.json'), 'utf8')).seconds;
const [wantedBytes, wantedLog] = [lastBytes('whole'), log('whole')];
console.log(
  `a run of ${steps} steps takes ${trainedFor.toFixed(1)} s; its last checkpoint has ${wantedBytes.length} bytes`,
);

let kills = 0;
let runs = 0;
let beforeFirst = 0;
while (kills < wantedKills) {
  const run = `run-${runs}`;
  let command = words(run);
  // Up to half of a run at a time, so that most runs are killed several times; longer on a machine that became too slow to reach
  // the next checkpoint in that time.
  let longestMs = trainedFor * 500;
  let reached;
  while (await runAndKill(command, longestMs)) {
    kills++;
    const newest = new CheckpointStore(join(folder, run, 'checkpoints')).names().at(-1);
    longestMs = newest === reached ? longestMs * 1.2 : trainedFor * 500;
    reached = newest;
    if (newest !== undefined) command = resume(run);
    else {
      // Killed before its first checkpoint: there is nothing to resume, and the program says so.
      beforeFirst++;
      if (existsSync(join(folder, run, 'run.json'))) {
        const refused = spawnSync(process.execPath, resume(run), { encoding: 'utf8' });
        if (refused.status !== 2 || !refused.stderr.includes('holds no checkpoint')) {
          throw new Error(`resume without a checkpoint ended with ${refused.status}: ${refused.stderr}`);
        }
      }
      rmSync(join(folder, run), { recursive: true, force: true });
      command = words(run);
    }
  }
  if (!lastBytes(run).equals(wantedBytes)) throw new Error(`${run} in ${folder} ended with other bytes`);
  if (log(run) !== wantedLog) throw new Error(`${run} in ${folder} has another log`);
  const odd = readdirSync(join(folder, run, 'checkpoints')).filter(
    (name) => !/^(step-\d+|best-[\w-]+)\.safetensors$/.test(name),
  );
  runs++;
  console.log(
    `${runs} runs, ${kills} kills (${beforeFirst} before a first checkpoint), same bytes and log; left over: ${odd.length} temporary files`,
  );
  rmSync(join(folder, run), { recursive: true });
}
rmSync(folder, { recursive: true });
console.log(
  `${kills} kills of ${runs} runs on ${target}: every run ended with the bytes and the log of the one that was not killed (${((performance.now() - begin) / 60_000).toFixed(1)} min)`,
);
