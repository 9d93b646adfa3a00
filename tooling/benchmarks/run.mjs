/**
 * Runs all rows of all scenarios in one go, taking turns, and writes `results/<date>-<name>.json` and `.md`.
 * See README.md for the method, `--help` for the options.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundlePeers, bundlesOf } from './bundle.mjs';
import { markdown } from './report.mjs';
import { RowProcess } from './row-process.mjs';
import { allRows, reasonToSkip } from './rows.mjs';
import { compareLosses, summary, takeTurns } from './turns.mjs';

const usage = `Use: node run.mjs [options]
  --name <text>          name of the result files (default: full)
  --workload <a,b>       mlp, mlp-critic-5, dcgan, resnet-critic (default: these four), cifar10-dcgan, cifar10-sncnn
  --row <a,b>            only these rows
  --threads <1,2>        thread counts, one scenario each (default: 1,2)
  --batch <64,256>       batch sizes, one scenario each (default: the workload's)
  --sweep                also the 25-Gaussian step over batch sizes and widths
  --rounds <n>           blocks of steps timed per row (default: 7)
  --seconds <s>          about how long a block lasts (default: 2)
  --device cpu|cuda      (default: cpu)
  --python <command>     interpreter that holds the peers (default: the one setup made)
  --minutes <n>          ends by then: scenarios share the time, and rows for which none is left are reported (default: no end)
  --at-once <n>          rows made ready side by side: quicker, but their first steps disturb one another (default: 1)
  --compile-mode <mode>  of torch.compile (default: max-autotune on a GPU, which compiles for minutes)
  --bundled              takes the bundles of dist/ as they are`;

const here = dirname(fileURLToPath(import.meta.url));
const list = (text) => text.split(',').map((part) => part.trim());
const oracle = JSON.parse(readFileSync(join(here, 'oracle.json'), 'utf8'));
const workloads = JSON.parse(readFileSync(join(here, 'workloads.json'), 'utf8'));
/** A row slower than this gets three rounds at most. */
const slowStepSeconds = 5;
const prepareTimeout = 1800;
const blockTimeout = 900;

const options = readOptions();
const bundleNames = ['compiled-peer', 'tfjs-peer', 'jax-js-peer', 'machine-peak'];
const bundles = options.bundled ? bundlesOf(bundleNames) : await bundlePeers(bundleNames);
const python = options.python ?? defaultPython();
const known = allRows({ here, python, bundles, compileMode: options['compile-mode'] });
/** In the order in which they were named: where time ends, the last go without. */
const rows = options.row ? options.row.flatMap((id) => known.filter((row) => row.id === id)) : known;

const result = {
  name: options.name,
  date: new Date().toISOString(),
  machine: { processor: cpus()[0].model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30) },
  method: {
    rounds: options.rounds,
    secondsPerBlock: options.seconds,
    preparedAtOnce: options['at-once'],
    statistic: 'median over blocks',
  },
  versions: { node: process.versions.node },
  peaks: measurePeaks(),
  scenarios: [],
};
const ends = Date.now() + options.minutes * 60_000;
const all = [...scenarios()];
for (const [at, scenario] of all.entries()) {
  const share = (ends - Date.now()) / (all.length - at);
  result.scenarios.push(await runScenario(scenario, Date.now() + share));
  write(); // after every scenario, so that an interrupted run keeps what it has
}
console.log(`\n${markdown(result)}`);

/** @param {number} end when rows are no longer begun, and rounds no longer run, in milliseconds */
async function runScenario(scenario, end) {
  const label = describe(scenario);
  console.error(`\n${label}`);
  const running = [];
  const finished = [];
  // A fifth of the time is for rounds; there may be no end.
  const prepared = Date.now() + 0.8 * (end - Date.now());
  const waiting = [];
  for (const row of rows) {
    const skip = reasonToSkip(row, scenario);
    if (skip?.silent) continue;
    const entry = { id: row.id, title: row.title };
    finished.push(entry);
    if (skip) Object.assign(entry, { status: 'skipped', reason: skip.reason });
    else waiting.push({ row, entry });
  }
  const prepareNext = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await prepare(next);
  };
  await Promise.all(Array.from({ length: options['at-once'] }, prepareNext));

  async function prepare({ row, entry }) {
    const left = (prepared - Date.now()) / 1000;
    if (left <= 0) {
      Object.assign(entry, { status: 'skipped', reason: 'no time was left for it' });
      return;
    }
    const process_ = new RowProcess([...row.command, ...parameters(scenario)], row.environment);
    try {
      const { versions, first_step_seconds, losses, compile, layout } = await process_.ready(
        Math.min(prepareTimeout, left),
      );
      Object.assign(result.versions, versions);
      Object.assign(entry, {
        status: 'ok',
        firstStepSeconds: first_step_seconds,
        losses,
        layout,
        compile: compile && { ...compile, variables: undefined },
        blocks: [],
      });
      const once = await process_.block(1, blockTimeout);
      const steps = Math.max(1, Math.min(2000, Math.round(options.seconds / once)));
      const rounds = once > slowStepSeconds ? Math.min(options.rounds, 3) : options.rounds;
      running.push({ entry, process: process_, steps, rounds });
      console.error(`  ${row.id}: ready, ${(once * 1000).toFixed(1)} ms a step, ${steps} a block`);
    } catch (error) {
      fail(entry, process_, error);
    }
  }

  await takeTurns(
    running.map(({ entry, process, steps, rounds }) => ({
      rounds,
      block: async () => entry.blocks.push(await process.block(steps, blockTimeout)),
      fail: (error) => fail(entry, process, error),
      over: (round) => entry.status !== 'ok' || (round > 0 && Date.now() > end),
    })),
    options.rounds,
  );
  for (const { entry, process } of running) {
    if (entry.status !== 'ok') continue;
    try {
      const { peak_memory_bytes, peak_device_memory_bytes } = await process.end();
      entry.peakMemoryBytes = peak_memory_bytes;
      if (peak_device_memory_bytes) entry.peakDeviceMemoryBytes = peak_device_memory_bytes;
      entry.secondsPerStep = summary(entry.blocks);
    } catch (error) {
      fail(entry, process, error);
    } finally {
      process.kill();
    }
  }
  const working = finished.filter(({ status }) => status === 'ok');
  compareLosses(working, referenceOf(scenario, working));
  return { ...scenario, title: label, rows: finished };
}

function fail(entry, process, error) {
  process.kill();
  Object.assign(entry, { status: 'failed', reason: error.message });
  console.error(`  ${entry.id}: ${error.message}`);
}

/** The losses of the float64 oracle, where it has the scenario. */
function referenceOf(scenario, working) {
  const exact = !scenario.batch && !scenario.width && oracle.workloads[scenario.workload];
  return (
    (exact && exact.losses[oracle.steps - 1]) ||
    (working.find(({ id }) => id === 'torch-eager') ?? working[0])?.losses
  );
}

function measurePeaks() {
  const peaks = [];
  for (const threads of options.device === 'cpu' ? options.threads : [1]) {
    const common = ['--threads', String(threads), '--device', options.device];
    for (const [program, script] of [
      [python, join(here, 'peers', 'machine_peak.py')],
      [process.execPath, bundles['machine-peak']],
    ]) {
      try {
        const output = execFileSync(program, [script, ...common], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
          timeout: 120_000,
        });
        for (const line of output.split('\n'))
          if (line.startsWith('{')) peaks.push({ threads, ...JSON.parse(line) });
      } catch (error) {
        console.error(
          `machine peak: ${String(error.stderr || error.message)
            .trim()
            .split('\n')
            .at(-1)}`,
        );
      }
    }
  }
  return peaks;
}

function* scenarios() {
  const { device } = options;
  const threadCounts = device === 'cpu' ? options.threads : [1];
  for (const workload of options.workload)
    for (const batch of options.batch ?? [undefined])
      for (const threads of threadCounts) yield { workload, threads, device, batch };
  if (!options.sweep) return;
  const threads = Math.max(...threadCounts);
  for (const batch of [32, 512, 2048]) yield { workload: 'mlp', threads, device, batch };
  for (const width of [32, 256, 512]) yield { workload: 'mlp', threads, device, width };
}

function describe({ workload, threads, device, batch, width }) {
  const changes = [batch && `batch ${batch}`, width && `width ${width}`].filter(Boolean).join(', ');
  const place = device === 'cpu' ? `${threads} thread${threads > 1 ? 's' : ''}` : device;
  return `${workloads[workload].title}${changes && ` -> ${changes}`}; ${place}`;
}

function parameters({ workload, threads, device, batch, width }) {
  return [
    ...['--workload', workload, '--threads', String(threads), '--device', device],
    ...(batch ? ['--batch', String(batch)] : []),
    ...(width ? ['--width', String(width)] : []),
  ];
}

function write() {
  const folder = join(here, 'results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${result.date.slice(0, 10)}-${result.name}`);
  writeFileSync(`${path}.json`, JSON.stringify(result, null, 2) + '\n');
  writeFileSync(`${path}.md`, markdown(result));
}

function defaultPython() {
  const inside = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const path = join(here, '.venv', ...inside);
  if (!existsSync(path))
    stop('the peers are not installed; run first: pnpm --filter dist-gan-benchmarks run setup');
  return path;
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        name: { type: 'string', default: 'full' },
        workload: { type: 'string', default: 'mlp,mlp-critic-5,dcgan,resnet-critic' },
        row: { type: 'string' },
        threads: { type: 'string', default: '1,2' },
        batch: { type: 'string' },
        sweep: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '7' },
        seconds: { type: 'string', default: '2' },
        device: { type: 'string', default: 'cpu' },
        python: { type: 'string' },
        minutes: { type: 'string' },
        'at-once': { type: 'string', default: '1' },
        'compile-mode': { type: 'string' },
        bundled: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    stop(`${error.message}\n${usage}`);
  }
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const number = (key, text) => {
    const value = Number(text);
    if (!(value > 0)) stop(`--${key} must be a number above 0, got '${text}'`);
    return value;
  };
  const unknown = list(values.workload).find((name) => !workloads[name]);
  if (unknown) stop(`unknown workload '${unknown}'; known: ${Object.keys(workloads).join(', ')}`);
  return {
    ...values,
    workload: list(values.workload),
    row: values.row && list(values.row),
    threads: list(values.threads).map((text) => number('threads', text)),
    batch: values.batch && list(values.batch).map((text) => number('batch', text)),
    rounds: number('rounds', values.rounds),
    seconds: number('seconds', values.seconds),
    'at-once': number('at-once', values['at-once']),
    minutes: values.minutes === undefined ? Infinity : number('minutes', values.minutes),
  };
}

function stop(message) {
  console.error(`benchmarks: ${message}`);
  process.exit(1);
}
