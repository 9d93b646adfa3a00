/**
 * How fast MNIST, CIFAR-10 and a folder of 10,000 pictures are read, ours beside torchvision's data sets behind PyTorch's DataLoader: seconds
 * from nothing to the first batch, and pictures a second over whole passes in random order, in batches of 64 as float32.
 *
 *     pnpm turbo build --filter @dist-gan/datasets
 *     DIST_GAN_DATA=path/to/data node datasets/loaders.mjs [--make] [--passes 2] [--sets mnist,cifar10,folder]
 *
 * `--make` only makes the pictures, in a folder for temporary files, where they stay. Each contestant is a process of its own, one after the other.
 * Writes results/<date>-loaders.json and .md. The peers need torchvision in .venv.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { epochOrder, RandomStream } from '@dist-gan/core';
import { cifar10, imageFolder, mnist } from '@dist-gan/datasets';
import sharp from 'sharp';
import { writeNoisePicture } from './noise-picture.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    make: { type: 'boolean', default: false },
    passes: { type: 'string', default: '2' },
    sets: { type: 'string', default: 'mnist,cifar10,folder' },
    ours: { type: 'string' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
});
const passes = Number(options.passes);
const data = process.env.DIST_GAN_DATA;
const pictures = join(tmpdir(), 'dist-gan-10000-pictures');
const [batchSize, size, count] = [64, 64, 10_000];

/** Where each reader finds its files. */
const folders = {
  mnist: data && join(data, 'mnist'),
  cifar10: data && join(data, 'cifar10'),
  folder: pictures,
};
const openers = {
  mnist: () => mnist(),
  cifar10: () => cifar10(),
  // torchvision's filter.
  folder: () =>
    imageFolder({ folder: join(pictures, 'all'), size, resampling: 'bilinear', memoryMegabytes: 0 }),
  memory: () => imageFolder({ folder: join(pictures, 'all'), size, resampling: 'bilinear' }),
};

if (options.ours !== undefined) console.log(JSON.stringify(await readOurs(options.ours)));
else if (options.make) await makePictures();
else await compare();

async function compare() {
  if (options.sets.includes('folder') && !existsSync(pictures))
    throw new Error('no pictures; run first: node datasets/loaders.mjs --make');
  const rows = [];
  const tell = (set, reader, result) => {
    rows.push({ set, reader, ...result });
    console.error(set, reader, result.firstSeconds.toFixed(2), result.speeds.map(Math.round).join(' '));
  };
  const run = (program, words) =>
    JSON.parse(execFileSync(program, words, { encoding: 'utf8' }).trim().split('\n').at(-1));
  const self = fileURLToPath(import.meta.url);
  for (const set of options.sets.split(',')) {
    for (const [name, reader] of set === 'folder'
      ? [
          ['folder', 'dist-gan'],
          ['memory', 'dist-gan, kept in memory'],
        ]
      : [[set, 'dist-gan']]) {
      tell(set, reader, run(process.execPath, [self, '--ours', name, '--passes', String(passes)]));
    }
    const scratch = set === 'mnist' ? unpackedMnist() : undefined;
    for (const workers of set === 'folder' ? [0, 1, 2] : [0, 2]) {
      const words = [join(here, 'loaders_peer.py'), '--set', set, '--data', scratch ?? folders[set]];
      const python = join(here, '..', '.venv', 'bin', 'python');
      const result = run(python, [...words, '--workers', String(workers), '--passes', String(passes)]);
      tell(set, `torchvision, ${workers} workers`, result);
    }
    if (scratch !== undefined) rmSync(scratch, { recursive: true });
  }
  write(rows);
}

/** torchvision reads MNIST's files unpacked. */
function unpackedMnist() {
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-mnist-'));
  for (const file of readdirSync(folders.mnist)) {
    const from = join(folders.mnist, file);
    if (file.endsWith('.gz')) writeFileSync(join(folder, file.slice(0, -3)), gunzipSync(readFileSync(from)));
    else symlinkSync(from, join(folder, file));
  }
  return folder;
}

async function readOurs(name) {
  const started = performance.now();
  const dataset = await openers[name]();
  const [low, high] = dataset.range;
  const scale = (high - low) / 255;
  let first;
  const speeds = [];
  for (let epoch = 0; epoch < passes; epoch++) {
    const begin = performance.now();
    const order = epochOrder(RandomStream.fromSeed(1), dataset.size, epoch);
    let next = dataset.batch(order.subarray(0, batchSize));
    for (let start = 0; start < dataset.size; start += batchSize) {
      const waited = next;
      // Asked for ahead, as the trainer does.
      if (start + batchSize < dataset.size)
        next = dataset.batch(order.subarray(start + batchSize, start + 2 * batchSize));
      const bytes = await waited;
      const floats = new Float32Array(bytes.length);
      for (let i = 0; i < bytes.length; i++) floats[i] = low + scale * bytes[i];
      first ??= (performance.now() - started) / 1000;
    }
    speeds.push(dataset.size / ((performance.now() - begin) / 1000));
  }
  const result = { count: dataset.size, firstSeconds: first, speeds };
  await dataset.dispose?.();
  return result;
}

/** 500 pictures of noise in layers, each twenty times: JPEG has about as much to do as with photographs. */
async function makePictures() {
  const folder = join(pictures, 'all');
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  const stream = RandomStream.fromSeed(2);
  const [width, height] = [178, 218];
  const distinct = 500;
  for (let i = 0; i < count; i++) {
    const file = (index) => join(folder, `${String(index).padStart(6, '0')}.jpg`);
    if (i >= distinct) {
      copyFileSync(file(i % distinct), file(i));
      continue;
    }
    await writeNoisePicture(file(i), { width, height }, stream);
  }
}

function write(rows) {
  const versions = Object.assign({}, ...rows.map((row) => row.versions));
  const machine = `${cpus().length} x ${cpus()[0].model}, Node ${process.version}, sharp ${sharp.versions.sharp}, ${Object.entries(
    versions,
  )
    .map((pair) => pair.join(' '))
    .join(', ')}`;
  const command = `node datasets/loaders.mjs --passes ${options.passes}`;
  const target = join(here, '..', 'results', `${options.date}-loaders`);
  writeFileSync(
    `${target}.json`,
    `${JSON.stringify({ command, machine, batchSize, size, rows }, null, 2)}\n`,
  );
  const lines = rows.map(({ set, reader, count, firstSeconds, speeds }) => {
    const best = Math.max(...speeds).toFixed(0);
    return `| ${set} | ${reader} | ${count} | ${firstSeconds.toFixed(2)} | ${best} | ${speeds.map((speed) => speed.toFixed(0)).join(', ')} |`;
  });
  const text = [
    '# Reading pictures, beside torchvision',
    '',
    `${machine}. \`${command}\`, batches of ${batchSize} as float32 in random order, one process after the other; the best of ${options.passes} passes and each.`,
    `MNIST and CIFAR-10 as their files come (the first of CIFAR-10's five); the folder: JPEG of 178 x 218, to ${size} x ${size} by an antialiased bilinear kernel.`,
    'The first batch is with the opening of the set, without the start of the process and its imports.',
    '',
    '| set | reader | pictures | s to the first batch | pictures/s | each pass |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ];
  writeFileSync(`${target}.md`, text.join('\n'));
  console.log(text.join('\n'));
}
