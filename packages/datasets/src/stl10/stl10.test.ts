import { describeDataset } from '@dist-gan/testing/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../test/failure.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { stl10, type Stl10Options } from './stl10.js';

const folderWith = scratchFolders();

/** A pixel of the published images: neighbours differ so that a mean, a row or a column in the wrong place shows. */
const pixelAt = (image: number, channel: number, y: number, x: number) =>
  (31 * image + 77 * channel + 5 * y + 3 * x + (y % 3) * (x % 2)) % 256;

/** Images as published: planes of red, green and blue, each column after column. */
function published(count: number): Uint8Array {
  const bytes: number[] = [];
  for (let image = 0; image < count; image++) {
    for (let channel = 0; channel < 3; channel++) {
      for (let x = 0; x < 96; x++) {
        for (let y = 0; y < 96; y++) bytes.push(pixelAt(image, channel, y, x));
      }
    }
  }
  return Uint8Array.from(bytes);
}

const load = (options: Stl10Options) => stl10({ checksum: 'ignore', ...options });

describe('stl10', () => {
  let folder = '';
  beforeAll(() => {
    folder = folderWith({
      'stl10_binary/train_X.bin': published(4),
      'stl10_binary/train_y.bin': Uint8Array.of(1, 10, 3, 2),
      // More than are read at once.
      'stl10_binary/unlabeled_X.bin': Buffer.concat(Array.from({ length: 43 }, () => published(6))),
      'stl10_binary/test_X.bin': published(2).subarray(0, 30_000),
      'stl10_binary/test_y.bin': Uint8Array.of(1, 11),
    });
  });

  describeDataset('with labels', {
    create: () => load({ folder, split: 'train' }),
    expected: { size: 4, sampleShape: [48, 48, 3], type: 'uint8', classes: 10 },
  });
  describeDataset('without labels', {
    create: () => load({ folder }),
    expected: { size: 258, sampleShape: [48, 48, 3], type: 'uint8' },
  });

  it('stands the images upright, colours of a pixel together', async () => {
    const dataset = await load({ folder, split: 'train', side: 96 });
    const image = await dataset.batch([3]);
    for (const [y, x, channel] of [
      [0, 0, 0],
      [0, 95, 1],
      [40, 7, 2],
      [95, 0, 0],
    ]) {
      expect(image[(96 * y + x) * 3 + channel]).toBe(pixelAt(3, channel, y, x));
    }
    expect([...dataset.labels!]).toEqual([0, 9, 2, 1]);
  });

  it('halves them by area: a pixel is the rounded mean of four', async () => {
    const image = await (await load({ folder, split: 'train' })).batch([2]);
    for (let y = 0; y < 48; y++) {
      for (let x = 0; x < 48; x++) {
        const four = [0, 1].flatMap((i) => [0, 1].map((j) => pixelAt(2, 1, 2 * y + i, 2 * x + j)));
        expect(image[(48 * y + x) * 3 + 1]).toBe(Math.round((four[0] + four[1] + four[2] + four[3]) / 4));
      }
    }
  });

  it('reads a file piece by piece as a whole', async () => {
    const dataset = await load({ folder });
    expect(dataset.batch([257])).toEqual(dataset.batch([5]));
    expect(dataset.batch([256])).toEqual(dataset.batch([4]));
    expect(dataset.batch([255])).not.toEqual(dataset.batch([4]));
  });

  it('refuses files that are cut off or belong to others', async () => {
    expect(await failure(load({ folder, split: 'test' }))).toMatch(
      /^DATA_FORMAT: .*test_X.bin, byte 27648: the file is no whole number of images of 27648 bytes/,
    );
    const labels = { 'test_X.bin': published(2), 'test_y.bin': Uint8Array.of(1, 11) };
    expect(await failure(load({ folder: folderWith(labels), split: 'test' }))).toMatch(
      /test_y.bin, byte 1: label 11, wanted 1 to 10/,
    );
    const few = { ...labels, 'test_y.bin': Uint8Array.of(1) };
    expect(await failure(load({ folder: folderWith(few), split: 'test' }))).toMatch(/1 labels for 2 images/);
    expect(await failure(load({ folder: folderWith() }))).toMatch(
      /^DATA_NOT_FOUND: stl10: no unlabeled_X.bin in .*; run dist-gan fetch stl10/,
    );
  });

  it('tells files that are not the published ones', async () => {
    const notices: string[] = [];
    await stl10({ folder, split: 'train' }, { onNotice: (message) => notices.push(message) });
    expect(notices).toEqual([
      expect.stringMatching(
        /train_X.bin: this is not the published train_X.bin \(MD5 [0-9a-f]{32}, published 918c/,
      ),
      expect.stringMatching(/train_y.bin: .*published 5a34/),
    ]);
    expect(await failure(stl10({ folder, split: 'train', checksum: 'require' }))).toMatch(/^DATA_FORMAT/);
  });
});
