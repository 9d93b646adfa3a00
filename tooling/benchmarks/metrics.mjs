/**
 * Times the metrics of `@dist-gan/metrics` beside the Python programs, on the same features, one after the other.
 *
 *   node metrics.mjs                        all tasks; several minutes a round
 *   node metrics.mjs --task frechet,prdc --rounds 3 --note 'Other work ran on the machine.'
 *   node metrics.mjs --task frechet-large   any task of two large sets, without Python
 *
 * `--features <folder>` keeps the features there for the next run. Peak MB is the largest resident set of the process.
 * Results of a task replace those of the same task in `results/<date>-metrics.json`, with the table in `.md`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundlePeers } from './bundle.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const python = join(here, '.venv', 'bin', 'python');

/** Samples of each set in the large tasks. */
const largeCount = 50_000;

/** Which runs make up a task: tasks of the Python peer, engines of ours. */
const tasks = {
  frechet: {
    title: 'Fréchet distance, 5000 real and 5000 generated samples of 2048 features',
    peers: ['frechet'],
    ours: ['onnxruntime', 'own'],
  },
  kid: {
    title: 'KID, 100 subsets of 1000 of 10,000 and 10,000 samples of 2048 features',
    peers: ['kid', 'kid-float32'],
    ours: ['onnxruntime'],
  },
  prdc: {
    title: 'Precision, recall, density, coverage (k = 5), 5000 and 5000 samples of 2048 features',
    peers: ['prdc'],
    ours: ['onnxruntime', 'own'],
  },
  vendi: {
    title: 'Vendi score, 5000 samples of 2048 features',
    peers: ['vendi'],
    ours: ['onnxruntime'],
  },
  prd: {
    title:
      'Precision and recall for distributions, 20 clusters, 10 runs, 5000 and 5000 samples of 2048 features',
    peers: ['prd', 'prd-lloyd'],
    ours: ['onnxruntime'],
  },
  'sliced-wasserstein': {
    title: 'Sliced Wasserstein distance, 1000 directions, 10,000 and 10,000 samples of 2048 features',
    peers: ['sliced-wasserstein'],
    ours: ['onnxruntime'],
  },
  'ms-ssim': {
    title: 'MS-SSIM of the 105 pairs of 15 images of 256 x 256 x 3',
    peers: ['ms-ssim'],
    ours: ['onnxruntime'],
  },
};

for (const [id, name] of Object.entries({
  frechet: 'Fréchet distance',
  kid: 'KID, 100 subsets of 1000',
  prdc: 'Precision, recall, density, coverage (k = 5)',
  vendi: 'Vendi score',
  prd: 'Precision and recall for distributions, 20 clusters, 10 runs',
  'sliced-wasserstein': 'Sliced Wasserstein distance, 1000 directions',
  realism: 'Realism (k = 3)',
  authenticity: 'Authentic percentage',
  'frechet-at-infinity': 'Fréchet distance at infinity, 15 distances',
  'inception-score': 'Inception score, 10 splits',
})) {
  const count = largeCount.toLocaleString('en-US');
  const title = `${name}, ${count} and ${count} samples of 2048 features`;
  tasks[`${id}-large`] = { title, peers: [], ours: ['onnxruntime'], count: largeCount };
}

const { values: options } = parseArgs({
  options: {
    task: {
      type: 'string',
      default: Object.keys(tasks)
        .filter((id) => !tasks[id].count)
        .join(','),
    },
    rounds: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    note: { type: 'string' },
    features: { type: 'string' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
});

const folder = options.features ?? mkdtempSync(join(tmpdir(), 'metrics-'));
try {
  const { 'metrics-peer': ours } = await bundlePeers(['metrics-peer']);
  const target = join(here, 'results', `${options.date}-metrics.json`);
  const record = existsSync(target) ? JSON.parse(readFileSync(target, 'utf8')) : { tasks: {} };
  Object.assign(record, environment());
  for (const id of options.task.split(',')) {
    const { title, peers, ours: engines, count } = tasks[id];
    const features = featuresOf(count ?? 10_000);
    const runs = [
      ...peers.map((task) => [
        python,
        join(here, 'metrics', 'metrics_peer.py'),
        features,
        '--task',
        task,
        '--threads',
        options.threads,
      ]),
      ...engines.map((engine) => {
        const words = ['--task', id.replace('-large', ''), '--engine', engine];
        return [process.execPath, ours, features, ...words, ...(count ? ['--count', `${count}`] : [])];
      }),
    ];
    record.tasks[id] = {
      title,
      rounds: Number(options.rounds),
      ...(options.note && { note: options.note }),
      rows: summarise(rounds(runs, Number(options.rounds))),
    };
    writeFileSync(target, `${JSON.stringify(record, null, 2)}\n`);
    writeFileSync(target.replace('.json', '.md'), table(record));
    console.log(table({ ...record, tasks: { [id]: record.tasks[id] } }));
  }
} finally {
  if (!options.features) rmSync(folder, { recursive: true });
}

/** A folder of so many features, made where it is not there. */
function featuresOf(count) {
  const path = join(folder, `${count}`);
  if (existsSync(join(path, 'images.npz'))) return path;
  mkdirSync(path, { recursive: true });
  execFileSync(python, [join(here, 'metrics', 'make_features.py'), path, '--count', `${count}`]);
  return path;
}

/** Every line that every run printed, the runs taking turns. */
function rounds(runs, count) {
  const lines = [];
  for (let round = 0; round < count; round++) {
    for (const [command, ...args] of runs) {
      const who = command === python ? 'Python' : 'dist-gan';
      const text = execFileSync(command, args, { encoding: 'utf8' });
      for (const line of text.trim().split('\n')) {
        const { row, ...measured } = JSON.parse(line);
        lines.push({ row: `${who}, ${row}`, ...measured });
      }
    }
  }
  return lines;
}

function summarise(lines) {
  return [...new Set(lines.map(({ row }) => row))].map((row) => {
    const same = lines.filter((line) => line.row === row);
    const seconds = same.map((line) => line.seconds).sort((a, b) => a - b);
    const peak = Math.max(...same.map((line) => line.peak));
    const middle = seconds.length / 2;
    const median = (seconds[Math.ceil(middle) - 1] + seconds[Math.floor(middle)]) / 2;
    return { row, median, seconds, peak, values: same[0].values };
  });
}

function table({ tasks: measured, machine, versions, command }) {
  const sections = Object.values(measured).map(({ title, rounds: count, note, rows }) => {
    const lines = rows.map(({ row, median, seconds, peak, values }) => {
      const shown = Object.entries(values).map(([id, value]) => `${id} ${Number(value.toPrecision(12))}`);
      return `| ${row} | ${median.toFixed(2)} | ${seconds[0].toFixed(2)} to ${seconds.at(-1).toFixed(2)} | ${Math.round(peak)} | ${shown.join(', ')} |`;
    });
    return [
      `## ${title}`,
      '',
      [`Median of ${count} ${count === 1 ? 'round' : 'rounds'}.`, note].filter(Boolean).join(' '),
      '',
      '| row | s | range | peak MB | values |',
      '| --- | --- | --- | --- | --- |',
      ...lines,
    ].join('\n');
  });
  const versionText = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `# Metrics beside the Python programs\n\n${machine}. Made by \`${command}\`.\n\n${versionText.join(', ')}\n\n${sections.join('\n\n')}\n`;
}

function environment() {
  const libraries = ['numpy', 'scipy', 'scikit-learn', 'vendi-score', 'pot', 'torch', 'pytorch-msssim'];
  const script = `import importlib.metadata as m, json, platform; print(json.dumps({'python': platform.python_version(), **{n: m.version(n) for n in ${JSON.stringify(libraries)}}}))`;
  const onnx = JSON.parse(
    readFileSync(join(here, 'node_modules', 'onnxruntime-node', 'package.json'), 'utf8'),
  );
  return {
    machine: `${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Python with ${options.threads} threads`,
    versions: {
      node: process.versions.node,
      'onnxruntime-node': onnx.version,
      ...JSON.parse(execFileSync(python, ['-c', script], { encoding: 'utf8' })),
    },
    command: 'node metrics.mjs, some tasks at a time',
  };
}
