/**
 * Trains one preset with several seeds, one run after the other or several side by side, and writes what came out:
 * docs/reproduction/results/<name>.json with the course of every run, for images the last pictures of seed 1 in
 * docs/reproduction/images, and a Markdown table on standard output.
 *
 *     node tooling/reproduction/seeds.mjs <preset> [--seeds 8] [--parallel 1] [--name name] [flags of `dist-gan train`]
 *
 * `{seed}` within a flag becomes the seed of the run: --set 'dataset.seed={seed}' gives every run a draw of its own.
 *
 * Needs a built clone (`pnpm build`). Results of seeds that are in the file already are kept, unless the
 * command has changed, and a run folder in runs/reproduction that is finished is not trained again: a long table can be
 * made in several sittings.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';

const root = fileURLToPath(new URL('../..', import.meta.url));
const results = `${root}docs/reproduction/results`;
const pictures = `${root}docs/reproduction/images`;
const ours = ['--seeds', '--parallel', '--name'];
const words = process.argv.slice(2);
const mine = words.flatMap((word, i) => (ours.includes(word) ? [word, words[i + 1]] : []));
const { values } = parseArgs({
  args: mine,
  options: {
    seeds: { type: 'string', default: '8' },
    parallel: { type: 'string', default: '1' },
    name: { type: 'string' },
  },
});
const [preset, ...flags] = words.filter((word, i) => !ours.includes(word) && !ours.includes(words[i - 1]));
if (preset === undefined) {
  console.error('error: name a preset, for instance: node tooling/reproduction/seeds.mjs gaussian-grid');
  process.exit(2);
}

const name = values.name ?? preset;
const file = `${results}/${name}.json`;
const command = ['dist-gan', 'train', preset, ...flags].join(' ');
const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
const table = {
  command,
  machine: `${cpus()[0].model}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.versions.node}`,
  runs: earlier?.command === command ? earlier.runs : [],
};

const missing = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1).filter(
  (seed) => !table.runs.some((run) => run.seed === seed),
);
await Promise.all(
  Array.from({ length: Number(values.parallel) }, async () => {
    for (let seed = missing.shift(); seed !== undefined; seed = missing.shift()) await train(seed);
  }),
);

async function train(seed) {
  const out = `${root}runs/reproduction/${name}-seed${seed}`;
  if (!existsSync(`${out}/result.json`)) {
    const training = spawn(
      process.execPath,
      [
        `${root}packages/cli/dist/bin.js`,
        'train',
        preset,
        ...flags.map((flag) => flag.replace('{seed}', seed)),
        '--seed',
        `${seed}`,
        '--out',
        out,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const [status] = await once(training, 'exit');
    if (status !== 0) process.exit(status ?? 1);
  }
  const { steps, seconds, stepsPerSecond, executor, metrics } = JSON.parse(
    readFileSync(`${out}/result.json`, 'utf8'),
  );
  table.runs.push({
    seed,
    steps,
    seconds,
    stepsPerSecond,
    executor,
    metrics: byId(metrics),
    evaluations: readEvaluations(out),
  });
  table.runs.sort((a, b) => a.seed - b.seed);
  mkdirSync(results, { recursive: true });
  writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
  if (seed === 1) await keepPictures(out);
}

function readEvaluations(out) {
  return readFileSync(`${out}/metrics.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === 'evaluation')
    .map(({ step, seconds, memoryBytes, metrics }) => ({ step, seconds, memoryBytes, ...byId(metrics) }));
}

function byId(metrics) {
  return Object.fromEntries(metrics.map(({ id, value }) => [id, value]));
}

/** Grids of images, made small enough for a repository. Scatter plots and densities are small as they are. */
async function keepPictures(out) {
  if (!existsSync(`${out}/interpolation`)) return;
  for (const kind of ['samples', 'reconstructions', 'interpolation', 'latent-labels']) {
    if (!existsSync(`${out}/${kind}`)) continue;
    const last = readdirSync(`${out}/${kind}`).sort().at(-1);
    await sharp(`${out}/${kind}/${last}`).webp({ quality: 88 }).toFile(`${pictures}/${name}-${kind}.webp`);
  }
}

const round = (value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);
const row = (cells) => `| ${cells.join(' | ')} |`;
console.log(`\n\`${table.command}\` (${table.machine})\n`);
const columns = Object.keys(table.runs[0].metrics);
console.log(row(['seed', ...columns, 'steps', 'seconds']));
console.log(row(['---', ...columns.map(() => '---'), '---', '---']));
for (const { seed, metrics, steps, seconds } of table.runs) {
  console.log(row([seed, ...columns.map((id) => round(metrics[id])), steps, Math.round(seconds)]));
}
if (table.runs.length === 1 && table.runs[0].evaluations !== undefined) {
  console.log(`\n${row(['step', ...columns, 'MB', 'seconds'])}`);
  console.log(row(['---', ...columns.map(() => '---'), '---', '---']));
  for (const { step, seconds, memoryBytes, ...values } of table.runs[0].evaluations) {
    const megabytes = Math.round(memoryBytes / 1e6);
    console.log(row([step, ...columns.map((id) => round(values[id])), megabytes, Math.round(seconds)]));
  }
}
