/**
 * Inception-v3 and the Fréchet distance beside PyTorch, NumPy and SciPy.
 *
 *   node metrics/run.mjs speed                                  images per second, turn by turn
 *   node metrics/run.mjs cifar10 --data <folder> --count 5000   FID of real CIFAR-10 at 64, 192 and 768 numbers
 *
 * With `--keep <folder>` features stay there, and a stopped run goes on from them. Half an hour on two free cores.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundlePeers } from '../bundle.mjs';

const benchmarks = join(dirname(fileURLToPath(import.meta.url)), '..');
const python = join(benchmarks, '.venv', 'bin', 'python');
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: process.env.DIST_GAN_DATA ?? 'data' },
    keep: { type: 'string' },
    count: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    threads: { type: 'string', default: '2' },
  },
});

const peers = await bundlePeers(['inception-speed', 'fid-peer']);
const run = (command, words) =>
  execFileSync(command, words, { cwd: benchmarks, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const lastLine = (text) => JSON.parse(text.trim().split('\n').at(-1));

if (positionals[0] === 'speed') speed();
else if (positionals[0] === 'cifar10') cifar10();
else throw new Error('say speed or cifar10');

function speed() {
  const common = ['--seconds', values.seconds, '--threads', values.threads];
  const rows = [4, 8, 16].map((batch) => ({
    name: `dist-gan, batch ${batch}`,
    command: process.execPath,
    words: [peers['inception-speed'], '--batch', `${batch}`, ...common],
  }));
  for (const batch of [8, 16, 32]) {
    const words = [join('metrics', 'inception_speed.py'), '--batch', `${batch}`, ...common];
    rows.push({ name: `PyTorch, batch ${batch}`, command: python, words });
  }
  const rates = new Map(rows.map(({ name }) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { name, command, words } of rows) rates.get(name).push(lastLine(run(command, words)).median);
  }
  console.log('| row | images per second, median of rounds | rounds |\n| --- | --- | --- |');
  for (const [name, all] of rates) {
    const sorted = [...all].sort((a, b) => a - b);
    console.log(
      `| ${name} | ${sorted[Math.floor(sorted.length / 2)].toFixed(1)} | ${all.map((rate) => rate.toFixed(1)).join(', ')} |`,
    );
  }
}

function cifar10() {
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-fid-'));
  const words = (output) => [
    '--data',
    values.data,
    '--count',
    values.count,
    '--threads',
    values.threads,
    '--keep',
    values.keep ?? folder,
    '--output',
    join(folder, output),
  ];
  run(process.execPath, [peers['fid-peer'], ...words('ours.json')]);
  run(python, [join('metrics', 'fid_peer.py'), ...words('torch.json')]);
  const [ours, torch] = ['ours.json', 'torch.json'].map((name) =>
    JSON.parse(readFileSync(join(folder, name), 'utf8')),
  );
  rmSync(folder, { recursive: true });
  console.log(`CIFAR-10, first ${values.count} training against first ${values.count} test images\n`);
  console.log('| layer | dist-gan | PyTorch and SciPy | relative difference |\n| --- | --- | --- | --- |');
  for (const layer of Object.keys(torch.frechet)) {
    const [a, b] = [ours.frechet[layer], torch.frechet[layer]];
    console.log(
      `| ${layer} | ${a.toPrecision(9)} | ${b.toPrecision(9)} | ${(Math.abs(a - b) / b).toExponential(1)} |`,
    );
  }
}
