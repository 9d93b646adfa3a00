/**
 * How long one waits for the first step of a preset: seconds from the start of the process of `dist-gan train` to the line of step 1, and what of
 * them goes by before the run begins (process, data, networks, compiling), in the first step, and in the second; each a process of its own, round after round in turns. Writes results/<date>-first-step.json and .md. From this folder, after `pnpm build`:
 *
 *     DIST_GAN_DATA=path/to/data node first-step.mjs [--presets gaussian-grid,...] [--targets onnx,tensorflow] [--rounds 5]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { summary } from './turns.mjs';

const { values } = parseArgs({
  options: {
    presets: { type: 'string', default: 'gaussian-grid,mnist-mlp,cifar10-dcgan,cifar10-resnet-hinge' },
    targets: { type: 'string', default: 'onnx,tensorflow' },
    rounds: { type: 'string', default: '5' },
  },
});
const program = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'dist-gan-first-step-'));
const rounds = Number(values.rounds);

/** @returns seconds to the line of step 1, of them to the beginning of the run and in the step, those of step 2, and what ran them */
async function waitForSteps(preset, target, name) {
  const begin = performance.now();
  // Of two steps both are told; of more, the next line may come a hundred steps later.
  const words = ['train', preset, '--steps', '2', '--target', target, '--json', '--out', join(scratch, name)];
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += text));
  let engine = '';
  const times = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (event.event === 'start') engine = event.engine ?? '';
    if (event.event !== 'start' && event.event !== 'step') continue;
    times.push((performance.now() - begin) / 1000);
    if (times.length < 3) continue;
    child.kill('SIGKILL');
    const [start, first, second] = times;
    return { engine, wait: first, before: start, first: first - start, second: second - first };
  }
  throw new Error(`${preset} on ${target} made no two steps: ${complaint}`);
}

/** What is measured, in the order of the columns. */
const columns = ['wait', 'before', 'first', 'second'];

const rows = values.presets.split(',').flatMap((preset) =>
  values.targets.split(',').map((target) => ({
    preset,
    target,
    ...Object.fromEntries(columns.map((column) => [column, []])),
  })),
);
for (let round = 0; round < rounds; round++) {
  for (let turn = 0; turn < rows.length; turn++) {
    const row = rows[(turn + round) % rows.length];
    const times = await waitForSteps(row.preset, row.target, `${row.preset}-${row.target}-${round}`);
    for (const column of columns) row[column].push(times[column]);
    row.engine = times.engine;
    const told = columns.map((column) => `${column} ${times[column].toFixed(2)} s`);
    console.error(`${row.preset} ${row.target}: ${told.join(', ')}`);
  }
}
rmSync(scratch, { recursive: true });

const cell = (seconds) => {
  const { median, smallest, largest } = summary(seconds);
  return `${median.toFixed(2)} (${smallest.toFixed(2)} to ${largest.toFixed(2)})`;
};
const machine = `${availableParallelism()} x ${cpus()[0].model}, Node ${process.version}`;
const date = new Date().toISOString().slice(0, 10);
const table = `# Seconds to the first step of a preset

${machine}. \`node first-step.mjs --rounds ${rounds}\`: from the start of the process of \`dist-gan train\` to the line of step 1, medians (smallest to largest).
The steps themselves are the floor: what of a wait is more than the second step goes by before the run begins (process, data, networks, compiling), or while the first step fetches its memory.

| preset | target | engine | to the first step | before the run begins | the first step | the second step |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${[row.preset, row.target, row.engine, ...columns.map((column) => cell(row[column]))].join(' | ')} |`).join('\n')}
`;
const name = fileURLToPath(new URL(`results/${date}-first-step`, import.meta.url));
writeFileSync(`${name}.json`, `${JSON.stringify({ machine, date, rounds, rows }, null, 2)}\n`);
writeFileSync(`${name}.md`, table);
process.stdout.write(table);
