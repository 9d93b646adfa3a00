import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGanError } from '@dist-gan/core';
import { describeDataset } from '@dist-gan/testing/dataset';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder } from '../environment.js';
import { cifar10, type Cifar10Options } from './cifar10.js';

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dist-gan-cifar-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** Byte of image i, at pixel p of a colour. */
const byteAt = (image: number, channel: number, pixel: number) => (7 * image + 85 * channel + pixel) % 256;

/** A batch as Python 2's cPickle wrote it: the bytes of the published files around other numbers. */
function batch(count: number, label: (image: number) => number = (image) => image % 10): Buffer {
  const text = (value: string) => Buffer.from(value, 'latin1');
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const pixels = Buffer.alloc(count * 3072);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < 3072; k++) pixels[i * 3072 + k] = byteAt(i, Math.floor(k / 1024), k % 1024);
  }
  // Lists come in pieces, of a thousand in the published files.
  const labels = Array.from(
    { length: count },
    (_, i) => `${i > 0 && i % 5 === 0 ? 'e(' : ''}K${String.fromCharCode(label(i))}`,
  ).join('');
  return Buffer.concat([
    text('\x80\x02}q\x01(U\x0bbatch_labelq\x02U\x15training batch 1 of 5q\x03U\x06labelsq\x04]q\x05('),
    text(
      `${labels}eU\x04dataq\x06cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08K\x00\x85U\x01b\x87Rq\t(`,
    ),
    text(
      `K\x01K${String.fromCharCode(count)}M\x00\x0c\x86cnumpy\ndtype\nq\nU\x02u1K\x00K\x01\x87Rq\x0b(K\x03U\x01|NNN`,
    ),
    text('J\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T'),
    number(pixels.length),
    pixels,
    text('q\x0ctbU\tfilenamesq\r]q\x0e(U\x0fleptod_s_01.pngq\x0feu.'),
  ]);
}

let folders = 0;
function folderWith(files: Readonly<Record<string, Buffer>>): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(join(folder, 'cifar-10-batches-py'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, 'cifar-10-batches-py', name), content);
  }
  return folder;
}

const load = (folder: string, options: Cifar10Options = {}, notices: string[] = []) =>
  cifar10({ folder, checksum: 'ignore', ...options }, { onNotice: (message) => notices.push(message) });

async function failure(made: Promise<unknown>): Promise<string> {
  const error: unknown = await made.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isGanError(error) ? `${error.code}: ${error.message}` : `not ours: ${String(error)}`;
}

describe('cifar10', () => {
  describe('conformance', () => {
    let folder = '';
    beforeAll(() => (folder = folderWith({ data_batch_1: batch(12), data_batch_2: batch(8) })));
    describeDataset('cifar10', {
      create: () => load(folder),
      expected: { size: 20, sampleShape: [32, 32, 3], type: 'uint8', classes: 10 },
    });
  });

  it('puts the three colours of a pixel together, and batches one after the other', async () => {
    const notices: string[] = [];
    const folder = folderWith({ data_batch_3: batch(2), data_batch_1: batch(3, () => 9) });
    const dataset = await load(folder, {}, notices);
    expect([...dataset.labels]).toEqual([9, 9, 9, 0, 1]);
    const [image] = [dataset.batch([4])];
    for (const [pixel, channel] of [
      [0, 0],
      [0, 2],
      [33, 1],
      [1023, 2],
    ]) {
      expect(image[3 * pixel + channel]).toBe(byteAt(1, channel, pixel));
    }
    expect(dataset.options).toMatchObject({ split: 'train', batches: [1, 3] });
    expect(notices).toEqual([expect.stringContaining('has data_batch_1, data_batch_3 only')]);
  });

  it('reads the test set, and named batches without a notice', async () => {
    const folder = folderWith({ test_batch: batch(5), data_batch_2: batch(2), data_batch_1: batch(1) });
    expect((await load(folder, { split: 'test' })).size).toBe(5);
    const notices: string[] = [];
    expect((await load(folder, { batches: [2] }, notices)).size).toBe(2);
    expect(notices).toEqual([]);
    expect(await failure(load(folder, { batches: [2, 4] }))).toMatch(/^DATA_NOT_FOUND: .*no data_batch_4/);
  });

  it('says where the data are obtained', async () => {
    expect(await failure(load(folderWith({})))).toMatch(
      /^DATA_NOT_FOUND: cifar10: no data_batch_1 to 5 in .*unpack/,
    );
  });

  it('tells whether a file is the published one', async () => {
    const notices: string[] = [];
    const content = batch(1);
    const folder = folderWith({ test_batch: content });
    await load(folder, { split: 'test', checksum: 'warn' }, notices);
    expect(notices).toEqual([expect.stringContaining(createHash('md5').update(content).digest('hex'))]);
    expect(await failure(load(folder, { split: 'test', checksum: 'require' }))).toMatch(
      /^DATA_FORMAT: .*not the published/,
    );
  });

  it.each([
    [
      'that is cut off',
      batch(3).subarray(0, 5000),
      /byte 5000: the file is cut off: 9216 bytes of pixels start at/,
    ],
    ['of another kind', Buffer.from('\x1f\x8b not a pickle'), /byte 0: not a batch of CIFAR-10 for Python/],
    ['with labels of CIFAR-100', batch(3, () => 57), /label 57, wanted 0 to 9/],
    [
      'without some labels',
      Buffer.from(batch(3).toString('latin1').replace('K\x02e', 'e'), 'latin1'),
      /2 labels for 3 images/,
    ],
  ])('refuses a file %s', async (_, content, message) => {
    expect(await failure(load(folderWith({ test_batch: content }), { split: 'test' }))).toMatch(message);
  });
});

const real = dataFolder();
describe.skipIf(real === undefined || !existsSync(join(real, 'cifar10', 'cifar-10-batches-py')))(
  'the real CIFAR-10',
  () => {
    it('has 1,000 test images of each class, and the published pixels', async () => {
      const dataset = await cifar10({ split: 'test', checksum: 'require' });
      const { labels } = dataset;
      expect(dataset.size).toBe(10_000);
      const counts = new Array<number>(10).fill(0);
      for (const label of labels) counts[label]++;
      expect(counts).toEqual(new Array(10).fill(1000));
      // The first test image is a cat; its first pixel is (158, 112, 49) in every description of the data.
      expect(labels[0]).toBe(3);
      expect([...dataset.batch([0]).subarray(0, 3)]).toEqual([158, 112, 49]);
    });
  },
);
