import { readFileSync } from 'node:fs';
import { writeNpy, writeZip } from '@dist-gan/datasets/files';
import { describe, expect, it } from 'vitest';
import { readNpzSet } from './npz-set.js';

const eye = (size: number) =>
  Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));

/** An `.npz` file of float64 arrays. */
function npz(arrays: Readonly<Record<string, readonly [shape: number[], data: ArrayLike<number>]>>) {
  return writeZip(
    new Map(
      Object.entries(arrays).map(([name, [shape, data]]) => [
        `${name}.npy`,
        writeNpy({ shape, data: Float64Array.from(data) }),
      ]),
    ),
  );
}

const mean = [[4], [1, 2, 3, 4]] as const;
const moments = { mean: [[4], [1, 2, 3, 4]], cov: [[4, 4], eye(4)] } as const;

describe('readNpzSet', () => {
  it('never guesses what arrays of other names are', async () => {
    const file = await npz({ mean: [[4], mean[1]], cov: [[4, 4], eye(4)] });
    await expect(readNpzSet(file, 'x.npz')).rejects.toThrow(
      /x\.npz holds mean \[4\] <f8, cov \[4, 4\] <f8, and no name says what it is.*--array .*--as/,
    );
    for (const as of ['statistics', 'features', 'images'] as const) {
      await expect(readNpzSet(file, 'x.npz', { as })).rejects.toThrow(`none is known for ${as}`);
    }
  });

  it('takes what it is told to', async () => {
    const file = await npz({ mean: [[4], moments.mean[1]], cov: [[4, 4], eye(4)] });
    const set = await readNpzSet(file, 'x.npz', { arrays: ['mean', 'cov'] });
    expect(set).toMatchObject({ kind: 'statistics', statistics: { dimension: 4, covariance: eye(4) } });
    const features = await readNpzSet(file, 'x.npz', { as: 'features', arrays: ['cov'] });
    expect(features).toMatchObject({ kind: 'features', features: { dimension: 4 } });
  });

  it('does not take statistics one level down for features', async () => {
    const file = await npz({ 'x/mu': [[4], mean[1]], 'x/sigma': [[4, 4], eye(4)] });
    await expect(readNpzSet(file, 'x.npz')).rejects.toThrow('no name says what it is');
    const set = await readNpzSet(file, 'x.npz', { arrays: ['x/mu', 'x/sigma'] });
    expect(set.kind).toBe('statistics');
  });

  it('takes mu and sigma whatever is beside them, unless it is told otherwise', async () => {
    const features = Float64Array.from({ length: 12 }, (_, i) => i);
    const file = await npz({
      mu: [[4], mean[1]],
      sigma: [[4, 4], eye(4)],
      feats: [[3, 4], features],
      n: [[1], [50]],
    });
    expect((await readNpzSet(file, 'x.npz')).kind).toBe('statistics');
    const set = await readNpzSet(file, 'x.npz', { as: 'features' });
    expect(set).toMatchObject({ kind: 'features', features: { dimension: 4, data: features } });
  });

  it('passes by arrays that are no numbers, and says so where they are asked for', async () => {
    // np.array("made here"): a text of nine characters of four bytes.
    const header = "{'descr': '<U9', 'fortran_order': False, 'shape': (), }".padEnd(117);
    const note = Buffer.concat([
      Buffer.from(`\x93NUMPY\x01\x00v\x00${header}\n`, 'latin1'),
      Buffer.from('made here', 'utf16le'),
      Buffer.alloc(18),
    ]);
    const numbers = { mu: mean[1], sigma: eye(4) };
    const arrays = Object.entries(numbers).map(([name, data]) => {
      const shape = name === 'mu' ? [4] : [4, 4];
      return [`${name}.npy`, writeNpy({ shape, data: Float64Array.from(data) })] as const;
    });
    const file = await writeZip(new Map([...arrays, ['note.npy', note]]));
    expect(await readNpzSet(file, 'x.npz')).toMatchObject({ kind: 'statistics' });
    await expect(readNpzSet(file, 'x.npz', { arrays: ['note'] })).rejects.toThrow(
      'x.npz: note: its elements are of type <U9',
    );
    await expect(readNpzSet(file, 'x.npz', { as: 'images' })).rejects.toThrow(
      'x.npz holds mu [4] <f8, sigma [4, 4] <f8, note (its elements are of type <U9',
    );
  });

  it('takes bytes of four dimensions for images, and no floats', async () => {
    const { byte_images } = JSON.parse(
      readFileSync(new URL('../../../test/npz-images.json', import.meta.url), 'utf8'),
    ) as { byte_images: string };
    const set = await readNpzSet(Uint8Array.from(Buffer.from(byte_images, 'base64')), 'x.npz');
    expect(set).toMatchObject({
      kind: 'images',
      images: { count: 2, sampleShape: [2, 3, 1], data: Uint8Array.from({ length: 12 }, (_, i) => 20 * i) },
    });
    const floats = await npz({
      arr_0: [
        [1, 2, 2, 1],
        [0, 1, 0, 1],
      ],
    });
    await expect(readNpzSet(floats, 'x.npz')).rejects.toThrow('arr_0 [1, 2, 2, 1] <f8');
  });

  it.each([
    [
      { as: 'statistics', arrays: ['cov'] },
      /statistics are two arrays, mean and covariance, got --array cov/,
    ],
    [{ arrays: ['none'] }, /x\.npz has no array none; it holds mean/],
    [{ as: 'statistics', arrays: ['cov', 'mean'] }, /cov and mean must be \[d\] and \[d, d\], got \[4, 4\]/],
    [{ as: 'images', arrays: ['cov'] }, /cov must be \[count, height, width, 1 or 3\] in bytes/],
    [{ as: 'features', arrays: ['mean'] }, /mean must be \[count, dimension\], got \[4\]/],
  ] as const)('says what is wrong with %j', async (options, message) => {
    const file = await npz({ mean: [[4], moments.mean[1]], cov: [[4, 4], eye(4)] });
    await expect(readNpzSet(file, 'x.npz', options)).rejects.toThrow(message);
  });
});
