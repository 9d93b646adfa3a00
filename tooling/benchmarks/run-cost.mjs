/**
 * What keeping a run costs: `dist-gan train gaussian-grid` with everything on (checkpoints, log, pictures, report, guards, moving
 * average, evaluation, at their defaults) beside the same steps with nothing on. Whole runs take turns, every other pair the other
 * way round; the figure is the median over pairs, of time and of the processor's time, which others on the machine disturb less.
 * Writes `results/<date>-run-cost.json` and `.md`.
 *
 *     node run-cost.mjs [--pairs 5] [--steps 2000] [--targets onnx,tensorflow] [--threads 1]
 *
 * Needs a build; the processor's time needs Linux. Nine minutes on a quiet machine. What comes once in a run, such as compiling what
 * samples, weighs six times what it does in the 12,000 steps of the preset.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
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
    steps: { type: 'string', default: '2000' },
    targets: { type: 'string', default: 'onnx,tensorflow' },
    threads: { type: 'string', default: '1' },
    bare: { type: 'string' },
  },
});
const [pairs, steps, threads] = [values.pairs, values.steps, values.threads].map(Number);

const isLinux = process.platform === 'linux';
/** Of the clock of /proc, in a second. */
const ticks = isLinux ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : NaN;

if (values.bare === undefined) await compare();
else await trainBare(values.bare);

/** The same steps by `fit` alone, in this process. Says when it begins and when it is done. */
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
    callbacks: { onStart: () => void process.stdout.write('begins\n') },
  });
  process.stdout.write(`done ${result.seconds}\n`);
  await result.dispose();
}

/**
 * Runs a program and takes the processor's time between what it says first and what it says last.
 *
 * @param isLast whether a line is the one
 */
async function timed(words, isLast) {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, errors, begun, ended] = ['', '', undefined, undefined];
  child.stderr.on('data', (part) => (errors += part));
  child.stdout.on('data', (part) => {
    begun ??= processorSeconds(child.pid);
    text += part;
    if (ended === undefined && text.split('\n').some(isLast)) ended = processorSeconds(child.pid);
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(errors);
  return { text, processor: ended - begun };
}

/** User and system time of a process and its threads. */
function processorSeconds(pid) {
  if (!isLinux) return NaN;
  // What follows the name, which may hold blanks: field 3 on.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

async function trainKept(target, folder) {
  const guards = ['non-finite', 'sample-variance', 'discriminator-saturation'].map((id) => ({ id }));
  const words = [
    ...['train', 'gaussian-grid', '--steps', `${steps}`, '--target', target, '--threads', `${threads}`],
    ...['--set', 'movingAverage.halfLife=10000', '--out', folder],
    ...['--set', `guards=${JSON.stringify([...guards, { id: 'metric-fall', metric: 'modes-covered' }])}`],
  ];
  const program = fileURLToPath(new URL('cli/dist/bin.js', packages));
  const last = new RegExp(`^step +${steps.toLocaleString('en-US')}/.*evaluated`);
  const { processor } = await timed([program, ...words], (line) => last.test(line));
  const log = readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { timing } = log.findLast(({ event }) => event === 'step');
  return {
    seconds: JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')).seconds,
    processor,
    timing,
  };
}

async function compare() {
  const scratch = mkdtempSync(join(tmpdir(), 'dist-gan-cost-'));
  const rows = [];
  for (const target of values.targets.split(',')) {
    const blocks = [];
    for (let pair = 0; pair < pairs; pair++) {
      const bareRun = async () => {
        const words = ['--bare', target, '--steps', `${steps}`, '--threads', `${threads}`];
        const { text, processor } = await timed([fileURLToPath(import.meta.url), ...words], (line) =>
          line.startsWith('done'),
        );
        return { seconds: Number(/^done (.*)$/m.exec(text)[1]), processor };
      };
      const keptRun = () => trainKept(target, join(scratch, `${target}-${pair}`));
      const block = {};
      for (const kind of pair % 2 === 0 ? ['bare', 'kept'] : ['kept', 'bare']) {
        block[kind] = await (kind === 'bare' ? bareRun() : keptRun());
      }
      blocks.push(block);
      const words = ['bare', 'kept'].map(
        (kind) =>
          `${kind} ${block[kind].seconds.toFixed(2)} s (processor ${block[kind].processor.toFixed(2)} s)`,
      );
      console.error(`${target}: ${words.join(', ')}`);
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
    const costs = (unit) => blocks.map(({ bare, kept }) => kept[unit] / bare[unit] - 1);
    // Of the run's own clock: what was no step and no input.
    const beside = ({ kept: { timing } }) => {
      const { inputs, steps: inSteps, evaluations, callbacks } = timing;
      return (evaluations + callbacks) / (inputs + inSteps + evaluations + callbacks);
    };
    return `| ${[
      target,
      of(({ bare }) => bare.seconds).toFixed(2),
      of(({ kept }) => kept.seconds).toFixed(2),
      percent(median(costs('seconds'))),
      `${percent(Math.min(...costs('seconds')))} to ${percent(Math.max(...costs('seconds')))}`,
      percent(median(costs('processor'))),
      `${percent(Math.min(...costs('processor')))} to ${percent(Math.max(...costs('processor')))}`,
      percent(of(beside)),
    ].join(' | ')} |`;
  });
  return `# What keeping a run costs

\`${command}\`, ${date.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores. Seconds of whole runs of the 25 Gaussians in turns.

| target | bare, s | kept, s | kept costs | of pairs | in processor time | of pairs | by the run's own clock: evaluations and callbacks |
| --- | --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
}
