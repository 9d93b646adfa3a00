import { describe, expect, it } from 'vitest';
import { draw, drawPair, featureVectors, scipyVectors } from '../../../test/features.js';
import type { Features, RealAndGenerated } from '../feature-matrix.js';
import { NumpyRandom } from '../numpy-random.js';
import { rowsAt } from '../rows.js';
import { kernelDistance, type KernelOptions } from './kernel-distance.js';
import { ownEngine } from '../../linear-algebra/index.js';

const run = { engine: ownEngine() };

async function values(sets: RealAndGenerated, options: KernelOptions) {
  const results = await kernelDistance(sets, { ...run, ...options });
  return Object.fromEntries(results.map(({ id, value }) => [id, value]));
}

const distance = async (sets: RealAndGenerated, options: KernelOptions = { sampling: 'all' }) =>
  (await values(sets, options))['kernel-distance'];

const real = draw({ seed: 1, n: 200, d: 16, scale: 1, shift: 0 });
const generated = draw({ seed: 2, n: 150, d: 16, scale: 1.5, shift: 0.2 });

/** Samples in another order. */
function shuffled({ data, dimension }: Features): Features {
  const count = data.length / dimension;
  const copy = data.slice();
  for (let i = 0; i < count; i++) {
    const from = ((i * 7 + 3) % count) * dimension;
    copy.set(data.subarray(from, from + dimension), i * dimension);
  }
  return { data: copy, dimension };
}

describe('kernelDistance', () => {
  it.each(featureVectors.kid_features)('gives the vectors of $real.n x $real.d', async (vector) => {
    const sets = drawPair(vector);
    expect(await distance(sets)).toBeCloseTo(vector.unbiased, 12);
    expect(await distance(sets, { sampling: 'all', estimator: 'biased' })).toBeCloseTo(vector.biased, 12);
    if (vector.u_statistic !== undefined) {
      const u = await distance(sets, { sampling: 'all', estimator: 'u-statistic' });
      expect(u).toBeCloseTo(vector.u_statistic, 12);
    }
    const blocks = await values(sets, { sampling: 'blocks', seed: null, blockSize: 30 });
    expect(blocks['kernel-distance']).toBeCloseTo(vector.tfgan_block30.mean, 12);
    expect(blocks['kernel-distance-standard-error']).toBeCloseTo(vector.tfgan_block30.stderr, 12);
  });

  it.each(scipyVectors.kid)('is that of NumPy for 512 x 256 in blocks of $block (TF-GAN)', async (vector) => {
    const sets = {
      real: draw({ seed: 3, n: 512, d: 256, scale: 3, shift: 0 }),
      generated: draw({ seed: 4, n: 512, d: 256, scale: 3.3, shift: 0.05 }),
    };
    const blocks = await values(sets, { sampling: 'blocks', seed: null, blockSize: vector.block });
    expect(blocks['kernel-distance']).toBeCloseTo(vector.mean, 12);
    if (vector.error === null) expect(blocks).not.toHaveProperty('kernel-distance-standard-error');
    else expect(blocks['kernel-distance-standard-error']).toBeCloseTo(vector.error, 12);
  });

  it("draws torch-fidelity's subsets from its seed", async () => {
    // torch-fidelity's metric_kid.py on the same features in NumPy 2.4.6, the generated ones as its input 1.
    const subsets = await values({ real, generated }, { subsets: 20, subsetSize: 50 });
    expect(subsets['kernel-distance']).toBeCloseTo(0.14818248280225715, 13);
    expect(subsets['kernel-distance-standard-deviation']).toBeCloseTo(0.02925639048459189, 13);
  });

  it('sums the same over several tiles as over one', async () => {
    const large = { real: draw({ seed: 3, n: 1500, d: 3, scale: 2, shift: 0 }), generated };
    const small = { ...large, generated: draw({ seed: 4, n: 1100, d: 3, scale: 2, shift: 0.3 }) };
    const kernel = (x: ArrayLike<number>, y: ArrayLike<number>, i: number, j: number) => {
      let dot = 0;
      for (let k = 0; k < 3; k++) dot += x[3 * i + k] * y[3 * j + k];
      return (dot / 3 + 1) ** 3;
    };
    const mean = (x: Features, y: Features, skip: boolean) => {
      let sum = 0;
      const [m, n] = [x.data.length / 3, y.data.length / 3];
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) if (!skip || i !== j) sum += kernel(x.data, y.data, i, j);
      }
      return sum / (m * (skip ? n - 1 : n));
    };
    const expected =
      mean(small.real, small.real, true) +
      mean(small.generated, small.generated, true) -
      2 * mean(small.real, small.generated, false);
    expect(await distance(small)).toBeCloseTo(expected, 11);
  });

  it('is 0 for a set and itself, symmetric, and independent of the order of samples', async () => {
    const all = { sampling: 'all', estimator: 'biased' } as const;
    expect(await distance({ real, generated: real }, all)).toBeCloseTo(0, 12);
    expect(await distance({ real, generated: real }, { ...all, estimator: 'u-statistic' })).toBeCloseTo(
      0,
      12,
    );
    const there = await distance({ real, generated });
    expect(await distance({ real: generated, generated: real })).toBeCloseTo(there, 12);
    expect(await distance({ real: shuffled(real), generated: shuffled(generated) })).toBeCloseTo(there, 12);
    expect(await distance({ real, generated }, all)).toBeGreaterThan(0);
  });

  it('gives the same in float32 and float64, up to the rounding of the features', async () => {
    const narrow = ({ data, dimension }: Features) => ({ data: Float32Array.from(data), dimension });
    const wide = (features: Features) => ({ ...features, data: Float64Array.from(features.data) });
    const rounded = { real: narrow(real), generated: narrow(generated) };
    expect(await distance(rounded)).toBe(
      await distance({ real: wide(rounded.real), generated: wide(rounded.generated) }),
    );
  });

  it('shuffles before it cuts blocks, so that sorted samples do not differ from mixed ones', async () => {
    const classes = (count: number, of: (i: number) => number): Features => ({
      data: Float64Array.from({ length: count }, (_, i) => of(i)),
      dimension: 1,
    });
    const sets = { real: classes(400, (i) => Math.floor(i / 100)), generated: classes(400, (i) => i % 4) };
    const options = { sampling: 'blocks', blockSize: 100 } as const;
    const [shuffled] = await kernelDistance(sets, { ...run, ...options });
    expect(Math.abs(shuffled.value)).toBeLessThan(2);
    expect(shuffled.protocol).toMatchObject({ shuffle: 'numpy RandomState(2020), generated first' });
    // One class against all: the mean of (0, 1, 2, 3) against each of its values alone.
    const [inOrder] = await kernelDistance(sets, { ...run, ...options, seed: null });
    expect(inOrder.value).toBeGreaterThan(100);
    await expect(kernelDistance(sets, { seed: null, subsetSize: 10 })).rejects.toThrow('need a seed');
  });

  it.each(['unbiased', 'biased'] as const)(
    'is that of each subset, whether subsets share their products or not (%s)',
    async (estimator) => {
      const sets = {
        real: draw({ seed: 21, n: 1100, d: 6, scale: 1, shift: 0 }),
        generated: draw({ seed: 22, n: 900, d: 6, scale: 1.2, shift: 0.1 }),
      };
      const options = { ...run, estimator, subsetSize: 300, subsets: 30, seed: 7 };
      const [mean, deviation] = await kernelDistance(sets, options);
      // Each subset by itself, drawn as NumPy draws them.
      const random = new NumpyRandom(7);
      const values: number[] = [];
      for (let i = 0; i < 30; i++) {
        const generated = { dimension: 6, data: rowsAt(sets.generated, random.choice(900, 300)) };
        const real = { dimension: 6, data: rowsAt(sets.real, random.choice(1100, 300)) };
        const [{ value }] = await kernelDistance({ real, generated }, { ...run, estimator, sampling: 'all' });
        values.push(value);
      }
      const expected = values.reduce((sum, value) => sum + value, 0) / 30;
      const variance = values.reduce((sum, value) => sum + (value - expected) ** 2, 0) / 30;
      expect(Math.abs(mean.value / expected - 1)).toBeLessThan(1e-11);
      expect(Math.abs(deviation.value / Math.sqrt(variance) - 1)).toBeLessThan(1e-10);
    },
  );

  it('carries the sampling that it used', async () => {
    const [first] = await kernelDistance(
      { real, generated },
      { ...run, sampling: 'blocks', seed: null, blockSize: 100 },
    );
    expect(first).toMatchObject({
      id: 'kernel-distance',
      samples: { real: 200, generated: 150 },
      protocol: {
        estimator: 'unbiased',
        sampling: 'blocks',

        blockSize: 100,
        features: { dimension: 16 },
      },
    });
    expect(first.protocol).not.toHaveProperty('seed');
  });

  it('refuses what it cannot do', async () => {
    await expect(kernelDistance({ real, generated }, run)).rejects.toThrow(
      'subsets of 1000 cannot be drawn from 200 real and 150 generated samples; take subsetSize 150 or less',
    );
    const unequal = { ...run, sampling: 'all', estimator: 'u-statistic' } as const;
    await expect(kernelDistance({ real, generated }, unequal)).rejects.toThrow('needs equally many of both');
    await expect(kernelDistance({ real, generated }, { ...run, seed: -1 })).rejects.toThrow(
      'from 0 to 2^32 - 1',
    );
    const one = { data: new Float32Array(16), dimension: 16 };
    await expect(kernelDistance({ real, generated: one }, run)).rejects.toThrow(
      'got 1 feature vectors, 2 or more',
    );
  });

  it('refuses parts of too few samples for pairs of different ones', async () => {
    await expect(kernelDistance({ real, generated }, { ...run, subsetSize: 1 })).rejects.toThrow(
      'kernel-distance.subsetSize: the unbiased estimate needs subsets of 2 or more samples, got 1',
    );
    const few = { data: real.data.slice(0, 3 * 16), dimension: 16 };
    const blocks = { ...run, sampling: 'blocks', blockSize: 75 } as const;
    await expect(kernelDistance({ real: few, generated }, blocks)).rejects.toThrow(
      'kernel-distance.blockSize: 3 real and 150 generated samples in 2 blocks leave 1 of one set in a block',
    );
    // Means over all pairs need no second sample.
    const biased = { ...blocks, estimator: 'biased' } as const;
    expect(await distance({ real: few, generated }, biased)).toBeGreaterThan(0);
    await expect(kernelDistance({ real: few, generated }, { ...biased, blockSize: 30 })).rejects.toThrow(
      'in 5 blocks leave 0 of one set in a block, and the biased estimate needs 1',
    );
  });
});
