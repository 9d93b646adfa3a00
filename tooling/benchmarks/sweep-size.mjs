/**
 * What a sweep of many runs costs the process that plans it, beside the training: planning, the list of an array job, the index, reading it,
 * and the tables' statistics. The runs are made up: 8 seeds of each row, 24 evaluations of 4 metrics. Writes `results/<date>-sweep-size.md`.
 *
 *     node sweep-size.mjs [runs ...]      (default 1000 10000)
 *
 * Seconds are those of the processor, which others on the machine disturb less; flushing the disk is not in them. Needs a build.
 */
import { cpus, tmpdir } from 'node:os';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { findRuns, planSweep, resolveSweep, summarise, SweepFolder, writeRunList } = await import(
  new URL('../../packages/sweeps/dist/index.js', import.meta.url).href
);
const sizes = process.argv.slice(2).map(Number);
const [seeds, evaluations, metrics] = [8, 24, 4];

const rows = [];
for (const runs of sizes.length > 0 ? sizes : [1000, 10_000]) rows.push(await measure(runs));
const titles = Object.keys(rows[0]);
const date = new Date().toISOString().slice(0, 10);
const lines = [titles, titles.map(() => '---'), ...rows.map(Object.values)].map(
  (row) => `| ${row.join(' | ')} |`,
);
const text = `# What a sweep of many runs costs beside its training

\`node sweep-size.mjs\`, ${date}, ${cpus()[0].model}, Node ${process.version}. Seconds of the processor; ${seeds} seeds a row, ${evaluations} evaluations of ${metrics} metrics a run.

${lines.join('\n')}
`;
writeFileSync(new URL(`results/${date}-sweep-size.md`, import.meta.url), text);
console.log(text);

async function measure(runs) {
  const path = mkdtempSync(join(tmpdir(), 'dist-gan-sweep-size-'));
  const values = Array.from({ length: runs / seeds }, (_, i) => i + 1);
  const definition = resolveSweep({ presets: ['grid'], set: { batchSize: { values } }, seeds });
  // As many options as a run of the 25 Gaussians has.
  const options = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`option ${i}`, i / 7]));
  const [plan, planning] = await timed(() =>
    planSweep(definition, {
      resolve: ({ preset }, changes) => Promise.resolve({ preset, options: { ...options, ...changes } }),
      engine: { threads: 1 },
      versions: { 'dist-gan': '0' },
    }),
  );
  const folder = SweepFolder.open(path);
  try {
    const list = writeRunList(path, { tasks: Math.min(1000, runs), keep: 'all', runs: plan.runs });
    for (const { name } of plan.runs) {
      mkdirSync(join(path, name));
      writeFileSync(join(path, name, 'run.json'), '');
    }
    const [, indexing] = await timed(() => folder.store.putAll(plan.runs.map(madeUp)));
    const [found, reading] = await timed(() => findRuns(path, plan, folder.store));
    const [, statistics] = await timed(() => summarise(plan, found, () => []));
    return {
      runs,
      'plan, s': planning,
      'list, MB': megabytes(list.file),
      'into the index, s': indexing,
      'index, MB': megabytes(join(path, 'index.sqlite')),
      'out of it, s': reading,
      'statistics, s': statistics,
      'memory, MB': (process.memoryUsage.rss() / 1e6).toFixed(0),
    };
  } finally {
    folder.close();
    rmSync(path, { recursive: true });
  }
}

function madeUp({ identity, name, spec }) {
  const numbers = (step) =>
    Array.from({ length: metrics }, (_, i) => ({
      metric: `metric-${i}`,
      value: Math.sin(step * (i + 1) + spec.seed + spec.options.batchSize),
      protocol: { metric: i },
    }));
  return {
    identity,
    name,
    spec,
    outcome: { state: 'done', step: 500 * evaluations, seconds: evaluations },
    evaluations: Array.from({ length: evaluations }, (_, i) => ({
      step: 500 * (i + 1),
      seconds: i,
      numbers: numbers(i),
    })),
  };
}

async function timed(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, ((user + system) / 1e6).toFixed(2)];
}

function megabytes(file) {
  return (statSync(file).size / 1e6).toFixed(1);
}
