import { describeDataset } from '@dist-gan/testing/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { byteAt, cifar100Pickle, cifarRecords } from '../../../../tooling/test/cifar-files.js';
import { failure } from '../../test/failure.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { cifar100, type Cifar100Options } from './cifar100.js';

const folderWith = scratchFolders();
const fine = (image: number) => (7 * image) % 100;
const coarse = (image: number) => (3 * image) % 20;
const load = (folder: string, options: Cifar100Options = {}) =>
  cifar100({ folder, checksum: 'ignore', ...options });

describe('cifar100', () => {
  let folder = '';
  beforeAll(() => {
    folder = folderWith({
      'cifar-100-python/train': cifar100Pickle(16, fine, coarse),
      'cifar-100-python/test': cifar100Pickle(6, fine, coarse),
      'cifar-100-binary/test.bin': cifarRecords(6, coarse, fine),
    });
  });
  describeDataset('conformance', {
    create: () => load(folder),
    expected: { size: 16, sampleShape: [32, 32, 3], type: 'uint8', classes: 100 },
  });

  it('reads the same images and labels from both archives', async () => {
    for (const labels of ['fine', 'coarse'] as const) {
      const python = await load(folder, { split: 'test', labels });
      const binary = await load(folder, { split: 'test', labels, from: 'binary' });
      const label = labels === 'fine' ? fine : coarse;
      expect([...python.labels]).toEqual([0, 1, 2, 3, 4, 5].map(label));
      expect(binary.labels).toEqual(python.labels);
      expect(binary.batch([5, 0])).toEqual(python.batch([5, 0]));
      expect([...python.batch([5]).subarray(3 * 40, 3 * 41)]).toEqual([0, 1, 2].map((c) => byteAt(5, c, 40)));
      expect(python.options).toMatchObject({ from: 'python', labels });
    }
  });

  it('takes no folder for a file', async () => {
    const folders = folderWith({ 'train/picture.png': Buffer.from('x') });
    expect(await failure(load(folders))).toMatch(
      /^DATA_NOT_FOUND: cifar100: no train in .*; run dist-gan fetch cifar100, or unpack cifar-100-python/,
    );
  });

  it('refuses what is not CIFAR-100', async () => {
    const wrong = folderWith({ 'cifar-100-binary/test.bin': cifarRecords(2, coarse, () => 100) });
    expect(await failure(load(wrong, { split: 'test' }))).toMatch(/byte 1: label 100, wanted 0 to 99/);
    const other = folderWith({ 'cifar-100-python/test': Buffer.from('no pickle') });
    expect(await failure(load(other, { split: 'test' }))).toMatch(/not a batch of CIFAR-100 for Python/);
    expect(await failure(load(folder, { checksum: 'require' }))).toMatch(
      /^DATA_FORMAT: .*not the published train/,
    );
  });
});
