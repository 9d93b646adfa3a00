/**
 * Steps a second of the 25-Gaussian step in one Chromium: ours on ONNX Runtime's wasm build, TensorFlow.js and jax-js, each in
 * a worker of a page of its own, taking turns; and of GAN Lab's step, ours beside its own. Writes `results/<date>-browser.json` and `.md`; see README.md, `--help`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath, URLSearchParams } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findChromium } from '../test/chromium.mjs';
import { bundleWorkers } from './bundle.mjs';
import { serveFolder } from './serve-folder.mjs';
import { compareLosses, summary, takeTurns } from './turns.mjs';
import { WorkerRow } from './worker-row.mjs';

const usage = `Use: node browser.mjs [options]
  --name <text>          name of the result files (default: browser)
  --workload <a,b>       mlp, mlp-critic-5, gan-lab (which needs a clone of it; default: mlp)
  --threads <1,2>        thread counts of wasm (default: 1,2)
  --rounds <n>           blocks of steps timed per row (default: 5)
  --seconds <s>          about how long a block lasts (default: 1)
  --chromium <path>      (default: CHROMIUM_PATH, or one that is installed)`;

const { values } = parseArgs({
  options: {
    name: { type: 'string', default: 'browser' },
    workload: { type: 'string', default: 'mlp' },
    threads: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    chromium: { type: 'string', default: findChromium() },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const oracle = read('oracle.json');
const workloads = read('workloads.json');
const threadCounts = values.threads.split(',').map(Number);
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];

const ganLab = 'gan-lab';
const perThread = (row) => threadCounts.map((threads) => ({ ...row, threads }));
const rows = [
  ...perThread({ title: 'dist-gan, compiled, ONNX Runtime wasm', script: 'compiled-peer.ts', mode: 'onnx' }),
  ...perThread({ title: 'jax-js jit, wasm', script: 'jax-js-peer.ts', mode: 'wasm' }),
  ...perThread({ title: 'TensorFlow.js eager, wasm', script: 'tfjs-peer.ts', mode: 'wasm' }),
  { title: 'TensorFlow.js eager, cpu', script: 'tfjs-peer.ts', mode: 'cpu', threads: 1 },
];
const ganLabRows = [
  { title: 'dist-gan, `fit`, ONNX Runtime wasm', script: 'small-gan-peer.ts', mode: 'onnx', threads: 1 },
  { title: 'GAN Lab, cpu', script: 'gan-lab-peer.mjs', mode: 'cpu', threads: 1, inPage: true },
  { title: 'GAN Lab, webgl', script: 'gan-lab-peer.mjs', mode: 'webgl', threads: 1, inPage: true },
];
const chosen = values.workload.split(',');
const rowsOf = (workload) => (workload === ganLab ? ganLabRows : rows);

const folder = await bundleWorkers([...new Set(chosen.flatMap(rowsOf).map(({ script }) => script))]);
const server = await serveFolder(folder);
const browser = await chromium.launch({ executablePath: values.chromium });
const result = {
  name: values.name,
  date: new Date().toISOString(),
  machine: { processor: cpus()[0].model, cores: cpus().length },
  method: { rounds, secondsPerBlock: seconds, statistic: 'median over blocks' },
  versions: {
    Chromium: browser.version(),
    ...Object.fromEntries(
      ['onnxruntime-web', '@jax-js/jax', '@tensorflow/tfjs-core'].map((name) => [
        name,
        read(`node_modules/${name}/package.json`).version,
      ]),
    ),
  },
  command: `node browser.mjs ${process.argv.slice(2).join(' ')}`.trim(),
  scenarios: [],
};
try {
  for (const workload of chosen) result.scenarios.push(await runScenario(workload));
} finally {
  await browser.close();
  server.close();
}
const path = fileURLToPath(new URL(`results/${result.date.slice(0, 10)}-${values.name}`, import.meta.url));
mkdirSync(fileURLToPath(new URL('results', import.meta.url)), { recursive: true });
writeFileSync(`${path}.json`, JSON.stringify(result, null, 2) + '\n');
writeFileSync(`${path}.md`, markdown(result));
console.log(markdown(result));

async function runScenario(workload) {
  const running = [];
  const entries = [];
  for (const { title, script, mode, threads, inPage } of rowsOf(workload)) {
    const entry = { title, threads, status: 'ok', blocks: [] };
    entries.push(entry);
    const query = new URLSearchParams({ workload, mode, threads });
    const file = script.replace(/\.ts$/, '.mjs');
    const address = `http://127.0.0.1:${server.address().port}/${file}?${query}`;
    const row = new WorkerRow(browser, address, { inPage });
    const fail = ({ message }) => Object.assign(entry, { status: 'failed', reason: message.split('\n')[0] });
    try {
      const { losses, first_step_seconds } = await row.ready();
      Object.assign(entry, { losses, firstStepSeconds: first_step_seconds });
      // Wasm is compiled again, better, while it runs.
      const first = await row.block(1);
      await row.block(Math.max(1, Math.round(2 / first)));
      const once = await row.block(Math.max(1, Math.round(0.2 / first)));
      const steps = Math.max(1, Math.round(seconds / once));
      running.push({
        row,
        block: async () => entry.blocks.push(await row.block(steps)),
        fail,
        over: () => entry.status !== 'ok',
      });
      console.error(`${title}, ${threads}: ready, ${(1000 * once).toFixed(1)} ms a step`);
    } catch (error) {
      fail(error);
      console.error(`${title}, ${threads}: ${entry.reason}`);
      await row.close();
    }
  }
  await takeTurns(running, rounds);
  for (const { row } of running) await row.close();
  for (const entry of entries) if (entry.status === 'ok') entry.secondsPerStep = summary(entry.blocks);
  // GAN Lab draws its weights itself, so that its losses are its own.
  if (workload === ganLab)
    return { title: 'The step of GAN Lab: two layers of 8, batch 150, Adam', rows: entries };
  compareLosses(
    entries.filter(({ status }) => status === 'ok'),
    oracle.workloads[workload].losses[oracle.steps - 1],
  );
  return { title: workloads[workload].title, rows: entries };
}

function markdown({ name, date, machine, versions, command, scenarios }) {
  const lines = [
    `# Benchmarks: ${name}, ${date.slice(0, 10)}`,
    '',
    `${machine.processor}, ${machine.cores} cores, \`${command}\`: median over ${rounds} blocks of about ${seconds} s a row, rows taking turns, each in a worker. ` +
      'Only ratios within one table travel to another machine.',
    '',
    Object.entries(versions)
      .map(([program, version]) => `${program} ${version}`)
      .join(', '),
  ];
  for (const { title, rows } of scenarios) {
    const ours = Math.min(
      ...rows
        .filter(({ title }) => title.startsWith('dist-gan'))
        .map((row) => row.secondsPerStep?.median ?? Infinity),
    );
    lines.push(
      '',
      `## ${title}`,
      '',
      '| row | threads | steps a second | ms a step | range | x our better row | first step s | loss difference |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      ...rows.map((row) => {
        if (row.status !== 'ok')
          return `| ${row.title} | ${row.threads} | ${row.status}: ${row.reason} | | | | | |`;
        const { median, smallest, largest } = row.secondsPerStep;
        const ms = (time) => (1000 * time).toFixed(1);
        return (
          `| ${row.title} | ${row.threads} | ${(1 / median).toFixed(1)} | ${ms(median)} | ${ms(smallest)} to ${ms(largest)} | ` +
          `${(median / ours).toFixed(2)} | ${row.firstStepSeconds.toFixed(1)} | ${row.lossDifference?.toExponential(0) ?? ''} |`
        );
      }),
    );
  }
  return `${lines.join('\n')}\n`;
}
