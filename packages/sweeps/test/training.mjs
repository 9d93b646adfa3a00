/**
 * Stands for the program that trains, where tests need many runs in a moment: it writes the folder of a run with numbers that
 * depend on options, seed and step alone, keeps a checkpoint at every step, stops at SIGTERM, and fails when it is told to.
 *
 *     node training.mjs train <config> <folder>
 *     node training.mjs resume <folder>
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const [word, ...rest] = process.argv.slice(2);
const folder = rest.at(-1);
const { preset, seed, options } = JSON.parse(
  readFileSync(word === 'train' ? rest[0] : join(folder, 'run.json'), 'utf8'),
);
const { steps, bias = 0, milliseconds = 0, failsAt = 0, failures = 0, modes = 4, breaks = '' } = options;

const tries = `${folder}.tries`;
appendFileSync(tries, '.');
const tried = readFileSync(tries, 'utf8').length;
const fail = (message) => {
  console.error(`error: ${message}`);
  process.exit(2);
};
if (breaks === 'before' && tried <= failures) fail('the data is not there');

let stopping = false;
process.on('SIGTERM', () => (stopping = true));

const checkpoints = join(folder, 'checkpoints');
let step = 0;
if (word === 'train') {
  mkdirSync(checkpoints, { recursive: true });
  const record = { preset, seed, options, samples: { shape: [2], range: [0, 1] } };
  const machine = { processor: 'test', cores: 1, platform: 'test', memoryBytes: 1 };
  writeFileSync(
    join(folder, 'run.json'),
    JSON.stringify({
      ...record,
      machine,
      executor: 'eager',
      backend: 'cpu',
      versions: { node: '0' },
      startedAt: '',
    }),
  );
} else {
  step = Number(/\d+/.exec(readdirSync(checkpoints).sort().at(-1))[0]);
  const log = join(folder, 'metrics.jsonl');
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  const kept = lines.filter((line) => JSON.parse(line).step <= step && JSON.parse(line).event !== 'failure');
  writeFileSync(log, kept.map((line) => `${line}\n`).join(''));
}
const log = (event) => {
  const line = `${JSON.stringify({ ...event, seconds: event.step / 10, memoryBytes: 1 })}\n`;
  appendFileSync(join(folder, 'metrics.jsonl'), line);
  process.stdout.write(line);
};
const metrics = () => [
  {
    id: 'modes-covered',
    value: modes,
    protocol: { modes: 4 },
    samples: { generated: 8 },
    ideal: 4,
    warnings: [],
  },
  { id: 'points', value: bias + seed + step / 1000, protocol: { rule: 'radius' }, samples: {}, warnings: [] },
];

while (step < steps && !stopping) {
  await wait(milliseconds);
  step++;
  log({ event: 'step', step, losses: { loss: 1 / step }, learningRates: {} });
  if (step === failsAt && tried <= failures) {
    if (breaks === 'killed') process.kill(process.pid, 'SIGKILL');
    log({ event: 'failure', step, message: 'a loss is NaN' });
    fail('a loss is NaN');
  }
  if (step % 2 === 0 || step === steps) log({ event: 'evaluation', step, metrics: metrics() });
  writeFileSync(join(checkpoints, `step-${String(step).padStart(7, '0')}.safetensors`), 'state');
}
const result = { preset, seed, steps: step, seconds: step / 10, stepsPerSecond: 10, executor: 'eager' };
writeFileSync(join(folder, 'result.json'), JSON.stringify({ ...result, metrics: metrics() }));
process.exit(stopping ? 143 : 0);
