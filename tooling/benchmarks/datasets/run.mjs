/**
 * How many pictures a second `image-folder` gives, beside plain sharp, and how long it keeps the thread that trains.
 *
 *   pnpm turbo build --filter @dist-gan/datasets
 *   node datasets/run.mjs [--rounds 3] [--date 2026-11-22]
 *
 * Writes `results/<date>-datasets.json` and the table `.md`. The pictures are made here: noise of several sizes laid
 * over one another, so that JPEG has about as much to do as with photographs.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { epochOrder, RandomStream } from '@dist-gan/core';
import { imageFolder } from '@dist-gan/datasets';
import sharp from 'sharp';
import { writeNoisePicture } from './noise-picture.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
});
const rounds = Number(options.rounds);

const batchSize = 64;
const size = 64;
const threads = [1, 2, 4];

/** What is read: many small pictures as CelebA has them, and fewer of a camera. */
const sets = [
  { name: 'JPEG, 178 x 218', width: 178, height: 218, count: 512 },
  { name: 'JPEG, 1024 x 768', width: 1024, height: 768, count: 128 },
];

const scratch = mkdtempSync(join(tmpdir(), 'dist-gan-pictures-'));
try {
  const rows = [];
  for (const set of sets) {
    const folder = join(scratch, `${set.width}`);
    const files = await makePictures(folder, set);
    for (const { name, open } of contestants(folder, files)) {
      const read = await open();
      await pass(read, 2 * batchSize);
      const passes = [];
      for (let round = 0; round < rounds; round++) passes.push(await pass(read, set.count, round));
      rows.push({ set: set.name, name, ...median(passes) });
      console.log(rows.at(-1));
    }
  }
  write(rows);
} finally {
  rmSync(scratch, { recursive: true });
}

/** Everyone gives a batch of 64 x 64 x 3 bytes for indices. */
function contestants(folder, files) {
  const streamed = (workers) => async () => {
    const dataset = await imageFolder({ folder, size, memoryMegabytes: 0, workers });
    return (indices) => dataset.batch(indices);
  };
  // What libvips remembers is set for the whole process, and image-folder turns it off.
  const plainly = (name, { atOnce, cache }) => ({
    name,
    open: async () => {
      sharp.cache(cache);
      return (indices) => plain(files, indices, atOnce);
    },
  });
  return [
    plainly('plain sharp, one after the other', { atOnce: 1, cache: true }),
    plainly('plain sharp, a batch at once', { atOnce: batchSize, cache: true }),
    plainly('the same without its cache', { atOnce: batchSize, cache: false }),
    ...threads.map((workers) => ({
      name: `image-folder, ${workers} ${workers === 1 ? 'thread' : 'threads'}`,
      open: streamed(workers),
    })),
    {
      name: 'image-folder, in memory',
      open: async () => {
        const dataset = await imageFolder({ folder, size });
        return async (indices) => dataset.batch(indices);
      },
    },
  ];
}

async function plain(files, indices, atOnce) {
  const batch = new Uint8Array(indices.length * size * size * 3);
  const one = async (place) => {
    const picture = sharp(files[indices[place]]).resize(size, size, { fit: 'cover' }).removeAlpha();
    batch.set(await picture.toColourspace('srgb').raw().toBuffer(), place * size * size * 3);
  };
  for (let start = 0; start < indices.length; start += atOnce) {
    const places = Array.from({ length: Math.min(atOnce, indices.length - start) }, (_, i) => start + i);
    await Promise.all(places.map(one));
  }
  return batch;
}

/** One pass in random order, the next batch asked for while one is waited for, as the trainer does. */
async function pass(read, count, epoch = 0) {
  const order = epochOrder(RandomStream.fromSeed(1), count, epoch);
  const before = performance.eventLoopUtilization();
  const started = performance.now();
  let next = read(order.slice(0, batchSize));
  for (let start = 0; start < count; start += batchSize) {
    const batch = next;
    if (start + batchSize < count) next = read(order.slice(start + batchSize, start + 2 * batchSize));
    await batch;
  }
  const seconds = (performance.now() - started) / 1000;
  const { active } = performance.eventLoopUtilization(before);
  return { imagesPerSecond: count / seconds, busyMilliseconds: active / (count / batchSize) };
}

function median(passes) {
  const middle = (key) =>
    passes.map((each) => each[key]).sort((a, b) => a - b)[Math.floor(passes.length / 2)];
  const speeds = passes.map(({ imagesPerSecond }) => imagesPerSecond);
  return {
    imagesPerSecond: middle('imagesPerSecond'),
    slowest: Math.min(...speeds),
    fastest: Math.max(...speeds),
    busyMilliseconds: middle('busyMilliseconds'),
  };
}

async function makePictures(folder, { width, height, count }) {
  mkdirSync(folder);
  const stream = RandomStream.fromSeed(2);
  const files = [];
  for (let i = 0; i < count; i++) {
    const file = join(folder, `${String(i).padStart(6, '0')}.jpg`);
    await writeNoisePicture(file, { width, height }, stream);
    files.push(file);
  }
  return files;
}

function write(rows) {
  const record = {
    command: `node datasets/run.mjs --rounds ${rounds}`,
    machine: `${cpus().length} x ${cpus()[0].model}, Node ${process.version}, sharp ${sharp.versions.sharp}`,
    batchSize,
    size,
    rows,
  };
  const target = join(here, '..', 'results', `${options.date}-datasets`);
  writeFileSync(`${target}.json`, `${JSON.stringify(record, null, 2)}\n`);
  const whole = (value) => value.toFixed(0);
  const lines = rows.map(
    (row) =>
      `| ${row.set} | ${row.name} | ${whole(row.imagesPerSecond)} | ${whole(row.slowest)} to ${whole(row.fastest)} | ${row.busyMilliseconds.toFixed(2)} |`,
  );
  const text = [
    `# Pictures a second, to ${size} x ${size} in batches of ${batchSize}`,
    '',
    `${record.machine}. \`${record.command}\`, median of ${rounds} passes in random order with the next batch asked for ahead.`,
    '"Busy" is what a batch costs the thread that trains.',
    '',
    '| pictures | reader | images/s | slowest to fastest | busy, ms a batch |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ];
  writeFileSync(`${target}.md`, text.join('\n'));
}
