/**
 * What keeping a run costs: `dist-gan train gaussian-grid` with everything on (checkpoints, log, pictures, report, guards, moving
 * average, evaluation, at their defaults) beside the same steps with nothing on. Whole runs take turns, bare and kept; the
 * figure is the median over pairs. Writes `results/<date>-run-cost.json` and `.md`.
 *
 *     node run-cost.mjs [--pairs 5] [--steps 4000] [--targets onnx,tensorflow] [--threads 1]
 *
 * Needs a build. A run of 4,000 steps takes 40 seconds on a quiet machine: 14 minutes in all.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const packages = new URL('../../packages/', import.meta.url);
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    steps: { type: 'string', default: '4000' },
    targets: { type: 'string', default: 'onnx,tensorflow' },
    threads: { type: 'string', default: '1' },
    bare: { type: 'string' },
  },
});
const [pairs, steps, threads] = [values.pairs, values.steps, values.threads].map(Number);

if (values.bare === undefined) await compare();
else console.log(JSON.stringify(await trainBare(values.bare)));

/** The same steps by `fit` alone, in this process. */
async function trainBare(target) {
  await import(createRequire(new URL('cli/package.json', packages)).resolve('@tensorflow/tfjs-backend-cpu'));
  const load = (name) => import(new URL(`${name}/dist/index.js`, packages));
  const [{ presets }, { methods }, { architectures }, { datasets }, { fit }] = await Promise.all(
    ['presets', 'methods', 'architectures', 'datasets', 'trainer'].map(load),
  );
  const preset = presets['gaussian-grid'];
  const make = (makers, { id, options }) => makers[id](options);
  const result = await fit({
    method: make(methods, preset.method),
    architecture: make(architectures, preset.architecture),
    dataset: await make(datasets, preset.dataset),
    latents: preset.latents,
    batchSize: preset.batchSize,
    steps,
    seed: 0,
    compiler: { target, threads },
  });
  await result.dispose();
  return { seconds: result.seconds };
}

function trainKept(target, folder) {
  const guards = ['non-finite', 'sample-variance', 'discriminator-saturation'].map((id) => ({ id }));
  const words = [
    ...['train', 'gaussian-grid', '--steps', `${steps}`, '--target', target, '--threads', `${threads}`],
    ...['--set', 'movingAverage.halfLife=10000', '--out', folder],
    ...['--set', `guards=${JSON.stringify([...guards, { id: 'metric-fall', metric: 'modes-covered' }])}`],
  ];
  const program = fileURLToPath(new URL('cli/dist/bin.js', packages));
  const { status, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const log = readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { timing } = log.findLast(({ event }) => event === 'step');
  return { seconds: JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')).seconds, timing };
}

async function compare() {
  const scratch = mkdtempSync(join(tmpdir(), 'dist-gan-cost-'));
  const rows = [];
  for (const target of values.targets.split(',')) {
    const blocks = [];
    for (let pair = 0; pair < pairs; pair++) {
      const options = ['--bare', target, '--steps', `${steps}`, '--threads', `${threads}`];
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [fileURLToPath(import.meta.url), ...options],
        {
          encoding: 'utf8',
        },
      );
      if (status !== 0) throw new Error(stderr);
      const bare = JSON.parse(stdout.trim().split('\n').at(-1));
      const kept = trainKept(target, join(scratch, `${target}-${pair}`));
      blocks.push({ bare: bare.seconds, kept: kept.seconds, timing: kept.timing });
      console.error(`${target}: bare ${bare.seconds.toFixed(2)} s, kept ${kept.seconds.toFixed(2)} s`);
    }
    rows.push({ target, blocks });
  }
  rmSync(scratch, { recursive: true });
  const result = {
    date: new Date().toISOString(),
    machine: { processor: cpus()[0].model, cores: cpus().length },
    versions: { node: process.versions.node },
    command: `node run-cost.mjs ${process.argv.slice(2).join(' ')}`.trim(),
    steps,
    threads,
    rows,
  };
  const path = fileURLToPath(new URL(`results/${result.date.slice(0, 10)}-run-cost`, import.meta.url));
  writeFileSync(`${path}.json`, `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(`${path}.md`, markdown(result));
  console.log(markdown(result));
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function markdown({ date, machine, command, rows }) {
  const percent = (share) => `${(100 * share).toFixed(1)}%`;
  const lines = rows.map(({ target, blocks }) => {
    const of = (pick) => median(blocks.map(pick));
    // Of the run's own clock: what was no step and no input.
    const beside = ({ timing }) => {
      const { inputs, steps: inSteps, evaluations, callbacks } = timing;
      return (evaluations + callbacks) / (inputs + inSteps + evaluations + callbacks);
    };
    return `| ${[
      target,
      of(({ bare }) => bare).toFixed(2),
      of(({ kept }) => kept).toFixed(2),
      percent(of(({ bare, kept }) => kept / bare - 1)),
      percent(Math.min(...blocks.map(({ bare, kept }) => kept / bare - 1))),
      percent(Math.max(...blocks.map(({ bare, kept }) => kept / bare - 1))),
      percent(of(beside)),
    ].join(' | ')} |`;
  });
  return `# What keeping a run costs

\`${command}\`, ${date.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores. Seconds of whole runs of the 25 Gaussians in turns.

| target | bare, s | kept, s | kept costs | least | most | by the run's own clock: evaluations and callbacks |
| --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
}
