import { describe, expect, it } from 'vitest';
import { draw, featureVectors } from '../../../test/features.js';
import type { Features } from '../feature-matrix.js';
import { vendiScore, type VendiOptions } from './vendi-score.js';
import { ownEngine } from '../../linear-algebra/index.js';

const score = async (features: Features, options: VendiOptions = {}) =>
  (await vendiScore(features, { engine: ownEngine(), ...options })).value;

const rows = (...values: number[][]): Features => ({
  data: Float64Array.from(values.flat()),
  dimension: values[0].length,
});

describe('vendiScore', () => {
  it('gives the vector of dgm-eval', async () => {
    const features = draw({ seed: 1, n: 40, d: 4, scale: 1, shift: 0 });
    expect(await score(features)).toBeCloseTo(featureVectors.vendi.value, 12);
  });

  it.each([1, 0.5, 2, 'infinity'] as const)('counts directions for order %s', async (order) => {
    const three = rows([1, 0, 0, 0], [0, 5, 0, 0], [0, 0, 0.1, 0]);
    expect(await score(three, { order })).toBeCloseTo(3, 12);
    const alike = rows([1, 2], [2, 4], [-0.5, -1], [10, 20]);
    expect(await score(alike, { order })).toBeCloseTo(1, 7);
  });

  it('is the exponential of the entropy for orthogonal groups of unequal size', async () => {
    const groups = rows([1, 0], [1, 0], [1, 0], [0, 1]);
    expect(await score(groups)).toBeCloseTo(Math.exp(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25)), 12);
    expect(await score(groups, { order: 2 })).toBeCloseTo(1 / (0.75 ** 2 + 0.25 ** 2), 12);
    expect(await score(groups, { order: 'infinity' })).toBeCloseTo(1 / 0.75, 12);
  });

  it('is the same from the smaller and the larger of its two matrices', async () => {
    const tall = draw({ seed: 5, n: 1300, d: 3, scale: 1, shift: 0.2 });
    const few = { ...tall, data: tall.data.slice(0, 3 * 30) };
    // With features of 0 added, the dimension is above the count.
    const padded = rows(
      ...Array.from({ length: 30 }, (_, i) => [
        ...few.data.slice(3 * i, 3 * i + 3),
        ...new Array<number>(40).fill(0),
      ]),
    );
    expect(await score(padded)).toBeCloseTo(await score(few), 9);
    expect(await score(tall)).toBeLessThanOrEqual(3);
  });

  it.each([0.5, 1, 2, 'infinity'] as const)(
    'counts samples of length 0 as one direction more, order %s',
    async (order) => {
      expect(await score(rows([0, 0], [0, 0], [0, 0]), { order })).toBeCloseTo(1, 12);
      expect(await score(rows([0, 0, 0]), { order })).toBeCloseTo(1, 12);
      expect(await score(rows([0, 0], [3, 0], [0, 1]), { order })).toBeCloseTo(3, 12);
    },
  );

  it.each([1e-200, 1e200, 5e-324])('does not depend on the size of features, %s', async (size) => {
    expect(await score(rows([size, 0], [0, size], [size, 0], [0, size]))).toBeCloseTo(2, 12);
  });

  it.each([1, 0.5, 0.1, 0.01])('counts copies as one, order %s, however many there are', async (order) => {
    // Rounding leaves 60 eigenvalues of 1e-17 beside those of four orthogonal directions.
    const directions = [1, 2, 3, 4].map((k) =>
      Array.from({ length: 64 }, (_, j) => Math.cos((Math.PI * k * (j + 0.5)) / 64)),
    );
    const copies = rows(...Array.from({ length: 200 }, (_, i) => directions[i % 4]));
    expect(await score(copies, { order })).toBeCloseTo(4, 9);
  });

  it('refuses an order of 0', async () => {
    await expect(vendiScore(rows([1, 2]), { order: 0 })).rejects.toThrow('must be above 0, or "infinity"');
  });
});
