/**
 * Small files that READMEs' examples read, by the words of the comment before an example: `<!-- run with: pictures, runs -->`.
 * Each makes its files in the example's project, or says what is missing.
 */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** Where examples look for data, in their project. */
export const dataFolder = 'data';

export const makers = {
  pictures(project) {
    for (const folder of ['my-pictures', 'samples', 'real', 'generated']) {
      for (let at = 0; at < 6; at++) write(project, `${folder}/${at}.png`, png(48, 40, 40 * at));
    }
  },
  cifar(project) {
    const records = (labels) => Buffer.concat(range(20).map((at) => record(labels, at)));
    for (const batch of [1, 2, 3, 4, 5]) {
      write(project, `${dataFolder}/cifar-10-batches-bin/data_batch_${batch}.bin`, records(1));
    }
    write(project, `${dataFolder}/cifar-10-batches-bin/test_batch.bin`, records(1));
    write(project, `${dataFolder}/cifar-100-binary/train.bin`, records(2));
  },
  stl10(project) {
    write(project, `${dataFolder}/stl10_binary/unlabeled_X.bin`, Buffer.alloc(3 * 3 * 96 * 96, 77));
  },
  runs(project) {
    const record = {
      preset: 'gaussian-grid',
      seed: 0,
      options: { steps: 2 },
      samples: { shape: [2], range: [-1, 1] },
      startedAt: '2026-01-02T03:04:05.000Z',
    };
    const step = { event: 'step', step: 1, losses: { 'generator/total': 1 }, learningRates: {} };
    write(project, 'runs/gaussian-grid-seed0/run.json', JSON.stringify(record));
    write(
      project,
      'runs/gaussian-grid-seed0/metrics.jsonl',
      `${JSON.stringify({ ...step, seconds: 1, memoryBytes: 1 })}\n`,
    );
  },
  /**
   * 91 MB that no registry has: those of the data folder of whoever runs this. tooling/oracles/inception_stand_in.py
   * makes a file of random weights that will do to see the examples run.
   */
  inception(project) {
    const name = 'pt_inception-2015-12-05-6726825d.pth';
    const found = join(process.env.DIST_GAN_DATA ?? '.', name);
    if (!existsSync(found)) return `needs ${name} in the folder DIST_GAN_DATA`;
    mkdirSync(join(project, dataFolder), { recursive: true });
    for (const place of [project, join(project, dataFolder)]) {
      if (!existsSync(join(place, name))) symlinkSync(found, join(place, name));
    }
    return undefined;
  },
};

function write(project, name, content) {
  const path = join(project, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const range = (count) => Array.from({ length: count }, (_, at) => at);

/** An image of CIFAR with its labels before it. */
function record(labels, at) {
  return Buffer.concat([Buffer.alloc(labels, at % 10), Buffer.alloc(3072, at * 12)]);
}

/** A PNG file of a colour gradient. */
function png(width, height, shift) {
  const row = (y) => Buffer.from([0, ...range(width).flatMap((x) => [(x * 5 + shift) % 256, y * 6, shift])]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // bits, RGB
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(range(height).map(row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind, content) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
