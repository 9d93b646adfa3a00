import { describeDataset } from '@dist-gan/testing/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../test/failure.js';
import { jpegPicture } from '../../test/pictures.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { celeba, type CelebaOptions } from './celeba.js';

const folderWith = scratchFolders();

/** Grey that rises down and to the right, which JPEG keeps to about a level; other pictures start elsewhere. */
const face = (start: number) => (y: number, x: number) => start + 0.5 * y + 0.4 * x;

describe('celeba', () => {
  let folder = '';
  beforeAll(async () => {
    const size = { height: 218, width: 178 };
    const numbers = ['000001', '000002', '162770', '162771', '202599'];
    const pictures = await Promise.all(numbers.map((_, i) => jpegPicture(size, face(10 * i))));
    folder = folderWith(
      Object.fromEntries(numbers.map((number, i) => [`celeba/img_align_celeba/${number}.jpg`, pictures[i]])),
    );
  });
  const load = (options: CelebaOptions = {}, notices: string[] = []) =>
    celeba({ folder, workers: 1, ...options }, { onNotice: (message) => notices.push(message) });

  describeDataset('conformance', {
    create: () => load(),
    expected: { size: 5, sampleShape: [64, 64, 3], type: 'uint8' },
  });

  it('cuts out rows from 55 and columns from 35, and halves nothing twice: bilinear between centres', async () => {
    const image = await (await load()).batch([1]);
    const value = face(10);
    for (const [y, x] of [
      [0, 0],
      [0, 63],
      [31, 12],
      [63, 63],
    ]) {
      const source = (place: number, start: number) => start + ((place + 0.5) * 108) / 64 - 0.5;
      const wanted = value(source(y, 55), source(x, 35));
      for (const channel of [0, 1, 2]) {
        expect(Math.abs(image[(64 * y + x) * 3 + channel] - wanted)).toBeLessThan(2);
      }
    }
  });

  it('splits by the number of the picture, and says what is missing', async () => {
    const notices: string[] = [];
    expect((await load({ split: 'train' }, notices)).size).toBe(3);
    expect(notices).toEqual([expect.stringMatching(/has 3 of the 162770 pictures of split "train"/)]);
    expect((await load({ split: 'validation' })).size).toBe(1);
    expect(await failure(load({ split: 'test' }))).toMatch(
      /^DATA_NOT_FOUND: celeba: no picture 182638.jpg in .*; unpack img_align_celeba.zip/,
    );
  });

  it('gives the same when decoded on the way', async () => {
    const indices = [4, 1, 1, 0];
    const streamed = await load({ memoryMegabytes: 0, workers: 2 });
    expect(await streamed.batch(indices)).toEqual(await (await load()).batch(indices));
  });
});
