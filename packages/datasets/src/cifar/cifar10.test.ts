import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeDataset } from '@dist-gan/testing/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { byteAt, cifar10Pickle, cifarRecords } from '../../../../tooling/test/cifar-files.js';
import { failure } from '../../test/failure.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { dataFolder } from '../environment.js';
import { cifar10, type Cifar10Options } from './cifar10.js';

const scratch = scratchFolders();

const folderWith = (files: Readonly<Record<string, Buffer>>) =>
  scratch(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [`cifar-10-batches-py/${name}`, content]),
    ),
  );

const load = (folder: string, options: Cifar10Options = {}, notices: string[] = []) =>
  cifar10({ folder, checksum: 'ignore', ...options }, { onNotice: (message) => notices.push(message) });

describe('cifar10', () => {
  describe('conformance', () => {
    let folder = '';
    beforeAll(
      () => (folder = folderWith({ data_batch_1: cifar10Pickle(12), data_batch_2: cifar10Pickle(8) })),
    );
    describeDataset('cifar10', {
      create: () => load(folder),
      expected: { size: 20, sampleShape: [32, 32, 3], type: 'uint8', classes: 10 },
    });
  });

  it('puts the three colours of a pixel together, and batches one after the other', async () => {
    const notices: string[] = [];
    const folder = folderWith({ data_batch_3: cifar10Pickle(2), data_batch_1: cifar10Pickle(3, () => 9) });
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

  it('reads the binary files where there are none for Python', async () => {
    const notices: string[] = [];
    const label = (image: number) => (image + 3) % 10;
    const binary = scratch({
      'cifar-10-batches-bin/data_batch_1.bin': cifarRecords(4, label),
      'cifar-10-batches-bin/data_batch_4.bin': cifarRecords(2, label),
      'cifar-10-batches-bin/test_batch.bin': cifarRecords(3, label),
    });
    const python = folderWith({
      data_batch_1: cifar10Pickle(4, label),
      data_batch_4: cifar10Pickle(2, label),
    });
    const [fromBinary, fromPython] = [await load(binary, {}, notices), await load(python)];
    expect([...fromBinary.labels]).toEqual([...fromPython.labels]);
    expect(fromBinary.batch([0, 1, 2, 3, 4, 5])).toEqual(fromPython.batch([0, 1, 2, 3, 4, 5]));
    expect(fromBinary.options).toMatchObject({ from: 'binary', batches: [1, 4] });
    expect(notices).toEqual([expect.stringContaining('has data_batch_1.bin, data_batch_4.bin only')]);
    expect((await load(binary, { split: 'test', from: 'binary' })).size).toBe(3);
    expect(await failure(load(binary, { from: 'python' }))).toMatch(/^DATA_NOT_FOUND: .*cifar-10-python/);
  });

  it.each([
    ['that is cut off', cifarRecords(2, () => 1).subarray(0, 6000), /byte 3073: the file of 6000 bytes/],
    ['that is empty', Buffer.alloc(0), /byte 0: the file of 0 bytes/],
    ['with labels of CIFAR-100', cifarRecords(2, (i) => 9 + 50 * i), /byte 3073: label 59, wanted 0 to 9/],
  ])('refuses a binary file %s', async (_, content, message) => {
    const folder = scratch({ 'cifar10/test_batch.bin': content });
    expect(await failure(load(folder, { split: 'test' }))).toMatch(message);
  });

  it('reads the test set, and named batches without a notice', async () => {
    const folder = folderWith({
      test_batch: cifar10Pickle(5),
      data_batch_2: cifar10Pickle(2),
      data_batch_1: cifar10Pickle(1),
    });
    expect((await load(folder, { split: 'test' })).size).toBe(5);
    const notices: string[] = [];
    expect((await load(folder, { batches: [2] }, notices)).size).toBe(2);
    expect(notices).toEqual([]);
    expect(await failure(load(folder, { batches: [2, 4] }))).toMatch(/^DATA_NOT_FOUND: .*no data_batch_4/);
    expect(await failure(load(folder, { split: 'test', batches: [2] }))).toMatch(
      /^OPTION_INVALID: cifar10\.batches: .*split "test" has none/,
    );
  });

  it('says where the data are obtained', async () => {
    expect(await failure(load(folderWith({})))).toMatch(
      /^DATA_NOT_FOUND: cifar10: no data_batch_1 to 5 in .*unpack/,
    );
  });

  it('tells whether a file is the published one', async () => {
    const notices: string[] = [];
    const content = cifar10Pickle(1);
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
      cifar10Pickle(3).subarray(0, 5000),
      /byte 5000: the file is cut off: 9216 bytes of pixels start at/,
    ],
    ['of another kind', Buffer.from('\x1f\x8b not a pickle'), /byte 0: not a batch of CIFAR-10 for Python/],
    ['with labels of CIFAR-100', cifar10Pickle(3, () => 57), /label 57, wanted 0 to 9/],
    [
      'without some labels',
      Buffer.from(cifar10Pickle(3).toString('latin1').replace('K\x02e', 'e'), 'latin1'),
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
