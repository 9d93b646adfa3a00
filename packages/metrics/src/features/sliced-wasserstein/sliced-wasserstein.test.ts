import { RandomStream } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { draw, featureVectors } from '../../../test/features.js';
import type { Features, RealAndGenerated } from '../feature-matrix.js';
import { slicedWasserstein, type SlicedWassersteinOptions } from './sliced-wasserstein.js';
import { ownEngine } from '../../linear-algebra/index.js';

async function values(sets: RealAndGenerated, options: SlicedWassersteinOptions = {}) {
  const results = await slicedWasserstein(sets, { engine: ownEngine(), directions: 200, ...options });
  return Object.fromEntries(results.map(({ id, value }) => [id, value]));
}

const normal = (seed: number, count: number, dimension: number, scale = 1, shift = 0): Features => ({
  data: RandomStream.fromSeed(seed)
    .normal(count * dimension)
    .map((value) => value * scale + shift),
  dimension,
});

describe('slicedWasserstein', () => {
  it('gives the approximation of dgm-eval', async () => {
    const real = draw({ seed: 1, n: 40, d: 4, scale: 1, shift: 0 });
    const generated = draw({ seed: 2, n: 40, d: 4, scale: 2, shift: 0.25 });
    const approximate = (await values({ real, generated }))['approximate-sliced-wasserstein'];
    expect(approximate).toBeCloseTo(featureVectors.approx_sliced_w2.value, 12);
  });

  it('is exact in one dimension, for unequal counts too', async () => {
    const points = (...data: number[]): Features => ({ data: Float64Array.from(data), dimension: 1 });
    const distance = async (a: Features, b: Features) =>
      (await values({ real: a, generated: b }))['sliced-wasserstein'];
    expect(await distance(points(5, 1, 3), points(2, 4, 9))).toBeCloseTo(Math.sqrt((1 + 1 + 16) / 3), 12);
    // Quantiles 0 0 0 | 3 3 3 against 0 0 | 1 1 | 2 2.
    const uneven = Math.sqrt((2 * 0 + 1 * 1 + 1 * 4 + 2 * 1) / 6);
    expect(await distance(points(0, 3), points(2, 0, 1))).toBeCloseTo(uneven, 12);
    expect(await distance(points(2, 0, 1), points(0, 3))).toBeCloseTo(uneven, 12);
  });

  it('gives MIND of about 3 d m² for a shift of m in every feature (torch-fidelity, test_mind.py)', async () => {
    const [dimension, shift] = [16, 0.5];
    const real = normal(1, 300, dimension);
    const generated = { ...real, data: real.data.map((value) => value + shift) };
    const mind = (await values({ real, generated }, { directions: 3000 }))['monge-inception-distance'];
    // The mean over directions of (u · m)² is |m|² / d = shift²; its standard error is 2.6 %.
    expect(mind / (3 * dimension * shift ** 2)).toBeGreaterThan(0.9);
    expect(mind / (3 * dimension * shift ** 2)).toBeLessThan(1.1);
  });

  it('is 0 for a set and itself in any order, symmetric, and derived from its seed', async () => {
    const [real, generated] = [normal(1, 60, 5), normal(2, 80, 5, 1.5)];
    const there = await values({ real, generated });
    const back = await values({ real: generated, generated: real });
    expect(back['sliced-wasserstein']).toBeCloseTo(there['sliced-wasserstein'], 12);
    expect(await values({ real, generated })).toEqual(there);
    const other = await values({ real, generated }, { seed: 1 });
    expect(other['sliced-wasserstein']).not.toBe(there['sliced-wasserstein']);
    const rows = Array.from({ length: 60 }, (_, i) => real.data.slice(5 * i, 5 * i + 5)).reverse();
    const turned = { ...real, data: Float64Array.from(rows.flatMap((row) => [...row])) };
    for (const value of Object.values(await values({ real, generated: turned })))
      expect(value).toBeCloseTo(0, 12);
  });

  it('refuses no directions', async () => {
    const real = normal(1, 4, 2);
    await expect(slicedWasserstein({ real, generated: real }, { directions: 0 })).rejects.toThrow(
      '1 or more',
    );
  });
});
