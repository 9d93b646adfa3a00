import { gzipSync } from 'node:zlib';
import { describeDataset } from '@dist-gan/testing/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../test/failure.js';
import { idxImages, idxLabels } from '../../test/idx-files.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { mnist1k, type Mnist1kOptions } from './mnist-1k.js';

const folderWith = scratchFolders();

/** Of digit i, the first pixel is i and the class i modulo 10. */
const digits = 40;

describe('mnist1k', () => {
  let folder = '';
  beforeAll(() => {
    folder = folderWith({
      'train-images-idx3-ubyte.gz': gzipSync(idxImages(digits)),
      'train-labels-idx1-ubyte.gz': gzipSync(idxLabels(digits)),
    });
  });
  const load = (options: Mnist1kOptions = {}) => mnist1k({ folder, checksum: 'ignore', ...options });
  const all = (size: number) => Uint32Array.from({ length: size }, (_, i) => i);

  describeDataset('conformance', {
    create: () => load({ samples: 500 }),
    expected: { size: 500, sampleShape: [28, 28, 3], type: 'uint8', classes: 1000 },
  });

  it('stacks three whole digits, and labels them by their classes', async () => {
    const dataset = await load({ samples: 300 });
    const images = dataset.batch(all(300));
    for (let i = 0; i < 300; i++) {
      const [red, green, blue] = images.subarray(i * 2352, i * 2352 + 3);
      expect(dataset.labels[i]).toBe(100 * (red % 10) + 10 * (green % 10) + (blue % 10));
      const image = images.subarray(i * 2352, (i + 1) * 2352);
      expect(image.every((byte, at) => byte === (image[at % 3] + Math.floor(at / 3)) % 256)).toBe(true);
    }
  });

  it('draws every digit equally often in every channel, and the channels independently', async () => {
    const samples = 20_000;
    const dataset = await load({ samples });
    const images = dataset.batch(all(samples));
    const counts = Array.from({ length: 3 }, () => new Array<number>(digits).fill(0));
    let equal = 0;
    for (let i = 0; i < samples; i++) {
      const stack = images.subarray(i * 2352, i * 2352 + 3);
      stack.forEach((digit, channel) => counts[channel][digit]++);
      if (stack[0] === stack[1]) equal++;
    }
    // Chi square with 39 degrees of freedom: mean 39, standard deviation 8.8; five of them at the most.
    const expected = samples / digits;
    for (const channel of counts) {
      const chiSquare = channel.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chiSquare).toBeGreaterThan(10);
      expect(chiSquare).toBeLessThan(83);
    }
    // Two channels hold the same digit once in 40: 500 of 20,000, with standard deviation 22.
    expect(Math.abs(equal - 500)).toBeLessThan(110);
  });

  it('gives an image that depends on seed and index, not on how many there are', async () => {
    const [few, many] = [await load({ samples: 10 }), await load({ samples: 4_000_000_000 })];
    expect(many.batch([9, 3])).toEqual(few.batch([9, 3]));
    expect(many.size).toBe(4_000_000_000);
    expect((await load({ samples: 10, seed: 1 })).batch(all(10))).not.toEqual(few.batch(all(10)));
    expect(few.options).toEqual({
      samples: 10,
      seed: 0,
      split: 'train',
      from: 'files',
      folder,
      checksum: 'ignore',
    });
  });

  it('takes the options of MNIST', async () => {
    expect((await mnist1k({ from: 'package', samples: 5 })).options).toMatchObject({ from: 'package' });
    expect(await failure(load({ split: 'test' }))).toMatch(/^DATA_NOT_FOUND/);
    expect(await failure(load({ samples: 0 }))).toMatch(/^OPTION_INVALID: mnist-1k.samples/);
  });
});
