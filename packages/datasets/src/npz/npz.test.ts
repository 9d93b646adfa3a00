import { describeDataset } from '@dist-gan/testing/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../test/failure.js';
import { fromBase64, npzFixtures } from '../../test/npz-fixtures.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { npz, type NpzOptions } from './npz.js';

const folderWith = scratchFolders();
const kinds = ['images', 'channels_first', 'grey', 'vectors', 'masks'] as const;

/** The bytes of image n that the fixtures were made with. */
const image = (n: number) => Array.from({ length: 12 }, (_, k) => 10 * n + k);

describe('npz', () => {
  let folder = '';
  beforeAll(() => {
    const files = kinds.map((kind) => [`${kind}.npz`, fromBase64(npzFixtures[kind])] as const);
    folder = folderWith({
      ...Object.fromEntries(files),
      'cut.npz': fromBase64(npzFixtures.images).slice(0, 90),
    });
  });
  const load = ({ file, ...options }: NpzOptions) => npz({ file: `${folder}/${file}`, ...options });

  describeDataset('bytes with labels', {
    create: () => load({ file: 'images.npz', labels: 'labels' }),
    expected: { size: 4, sampleShape: [2, 2, 3], type: 'uint8', classes: 4 },
  });
  describeDataset('vectors', {
    create: () => load({ file: 'vectors.npz', valueRange: [-1, 1] }),
    expected: { size: 4, sampleShape: [3], type: 'float32' },
  });

  it('keeps bytes as they are, wherever the channels were', async () => {
    const last = await load({ file: 'images.npz', labels: 'labels' });
    expect([...(await last.batch([3, 1]))]).toEqual([...image(3), ...image(1)]);
    expect([...last.labels!]).toEqual([3, 2, 1, 0]);
    const first = await load({ file: 'channels_first.npz', channels: 'first', array: 'x', labels: 'y' });
    expect(first.sampleShape).toEqual([2, 2, 3]);
    expect(await first.batch([0, 1, 2, 3])).toEqual(await last.batch([0, 1, 2, 3]));
  });

  it('gives grey images their one channel', async () => {
    const grey = await load({ file: 'grey.npz' });
    expect(grey.sampleShape).toEqual([2, 2, 1]);
    expect([...(await grey.batch([2]))]).toEqual(image(2).filter((_, k) => k % 3 === 0));
  });

  it('takes other numbers from their range to [0, 1]', async () => {
    const vectors = await load({ file: 'vectors.npz', valueRange: [-1, 1] });
    const wanted = [6, 7, 8].map((k) => Math.fround(k / 12));
    expect([...(await vectors.batch([2]))]).toEqual(wanted);
    expect(await failure(load({ file: 'vectors.npz' }))).toMatch(
      /^OPTION_INVALID: npz.valueRange: value 0 is -1, outside of \[0, 1\]/,
    );
  });

  it('takes truth values for 0 and 1, not for the darkest of 256 greys', async () => {
    const masks = await load({ file: 'masks.npz' });
    expect(masks.sampleShape).toEqual([2, 2, 1]);
    // Number k is true where 3 divides it.
    expect(await masks.batch([0, 1])).toEqual(Float32Array.of(1, 0, 0, 1, 0, 0, 1, 0));
  });

  it('finds a file in the data folder', async () => {
    const dataset = await npz({ file: 'grey.npz' }, { dataFolder: folder });
    expect(dataset.options).toEqual({ file: 'grey.npz', channels: 'last', valueRange: [0, 1] });
  });

  it.each([
    [{ file: 'cut.npz' }, /^DATA_FORMAT: .*cut.npz is not an .npz file that can be read/],
    [{ file: 'none.npz' }, /^DATA_NOT_FOUND: there is no file/],
    [{ file: 'images.npz', array: 'x' }, /has no array x \(it has images \[4, 2, 2, 3\], labels \[4\]\)/],
    [{ file: 'images.npz', array: 'labels' }, /samples of shape \[4\], wanted/],
    [{ file: 'images.npz', labels: 'class' }, /class is not among images/],
    [{ file: 'images.npz', valueRange: [1, 0] }, /^OPTION_INVALID: npz.valueRange: must rise/],
  ])('refuses %j', async (options, message) => {
    expect(await failure(load(options as NpzOptions))).toMatch(message);
  });
});
