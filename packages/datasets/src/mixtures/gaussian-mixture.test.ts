import { describeDataset } from '@dist-gan/testing/dataset';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianMixture } from './gaussian-mixture.js';

describeDataset('gaussian-mixture', {
  create: () =>
    gaussianMixture({
      centres: [
        [0, 0, 1],
        [2, 1, 0],
      ],
      pointsPerMode: 300,
      seed: 5,
    }),
  expected: { size: 600, sampleShape: [3], type: 'float32', classes: 2 },
});

/** The samples of one mode in original coordinates, one list per coordinate. */
function coordinatesOf(dataset: ReturnType<typeof gaussianMixture>, mode: number): number[][] {
  const indices = [...dataset.labels!.keys()].filter((i) => dataset.labels![i] === mode);
  const data = dataset.batch(indices);
  const { scale } = dataset.mixture;
  const [dimension] = dataset.sampleShape;
  return Array.from({ length: dimension }, (_, axis) =>
    indices.map((_, i) => {
      const value = data[i * dimension + axis];
      return scale === undefined ? value : scale * (2 * value - 1);
    }),
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('gaussianMixture', () => {
  it('draws every mode from its normal distribution', () => {
    const centres = [
      [1, -2],
      [-3, 0.5],
      [0, 0],
    ];
    const standardDeviation = 0.2;
    const count = 20_000;
    const dataset = gaussianMixture({ centres, standardDeviation, pointsPerMode: count, seed: 3 });
    for (const [mode, centre] of centres.entries()) {
      const [x, y] = coordinatesOf(dataset, mode);
      const centred = [x.map((value) => value - centre[0]), y.map((value) => value - centre[1])];
      for (const values of centred) {
        // Five standard errors of the mean, of the variance, of the third and of the fourth moment.
        const z = values.map((value) => value / standardDeviation);
        expect(Math.abs(mean(z))).toBeLessThan(5 / Math.sqrt(count));
        expect(Math.abs(mean(z.map((v) => v ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
        expect(Math.abs(mean(z.map((v) => v ** 3)))).toBeLessThan(5 * Math.sqrt(15 / count));
        expect(Math.abs(mean(z.map((v) => v ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
      }
      const correlation = mean(centred[0].map((v, i) => v * centred[1][i])) / standardDeviation ** 2;
      expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(count));
    }
  });

  it('normalises to [0, 1] by the entry of largest absolute value, with its sign', () => {
    const centre = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 2 });
    const property = fc.property(fc.array(centre, { minLength: 1, maxLength: 5 }), (centres) => {
      const options = { centres, pointsPerMode: 20, standardDeviation: 0.1 };
      const original = gaussianMixture({ ...options, normalise: false });
      const normalised = gaussianMixture(options);
      const indices = Uint32Array.from({ length: original.size }, (_, i) => i);
      const before = original.batch(indices);
      const after = normalised.batch(indices);
      const scale = normalised.mixture.scale!;

      const largest = before.reduce((m, value) => (Math.abs(value) > Math.abs(m) ? value : m), 0);
      expect(Math.fround(scale)).toBe(largest);
      for (let i = 0; i < before.length; i++) {
        expect(Math.abs(after[i] - (before[i] / scale + 1) / 2)).toBeLessThan(1e-6);
      }
      for (const [mode, where] of normalised.mixture.centres.entries()) {
        expect(where[0]).toBeCloseTo((centres[mode][0] / scale + 1) / 2, 12);
        expect(where[1]).toBeCloseTo((centres[mode][1] / scale + 1) / 2, 12);
      }
      // The extreme entry comes to lie on 1, whichever its sign.
      expect(Math.max(...after)).toBe(1);
      expect(Math.min(...after)).toBeGreaterThanOrEqual(0);
      expect(normalised.mixture.registrationRadius).toBeGreaterThan(0);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('holds 98.17 % of its own points within the registration radius in two dimensions', () => {
    const count = 50_000;
    const dataset = gaussianMixture({ centres: [[2, 1]], pointsPerMode: count });
    const { centres, registrationRadius } = dataset.mixture;
    const data = dataset.batch(Uint32Array.from({ length: count }, (_, i) => i));
    let within = 0;
    for (let i = 0; i < count; i++) {
      const distance = Math.hypot(data[2 * i] - centres[0][0], data[2 * i + 1] - centres[0][1]);
      if (distance <= registrationRadius) within++;
    }
    // Rayleigh: 1 - exp(-r^2 / 2) at r = 2 sqrt(2); five standard errors.
    const expected = 1 - Math.exp(-4);
    expect(Math.abs(within / count - expected)).toBeLessThan(
      5 * Math.sqrt((expected * (1 - expected)) / count),
    );
  });

  it('gives other points for another seed, and the same modes of a longer list', () => {
    const options = {
      centres: [
        [1, 1],
        [5, 5],
      ],
      normalise: false,
      pointsPerMode: 10,
    };
    const indices = Array.from({ length: 20 }, (_, i) => i);
    expect(gaussianMixture(options).batch(indices)).not.toEqual(
      gaussianMixture({ ...options, seed: 1 }).batch(indices),
    );
    const longer = gaussianMixture({ ...options, centres: [...options.centres, [9, 9]] });
    expect(longer.batch(indices)).toEqual(gaussianMixture(options).batch(indices));
  });

  it.each([
    [{}, 'gaussian-mixture.centres is required'],
    [{ centres: [] }, 'gaussian-mixture.centres: must have at least one centre'],
    [{ centres: [[]] }, 'gaussian-mixture.centres.0: must have at least one coordinate'],
    [{ centres: [[0, 0], [1]] }, 'gaussian-mixture.centres: centre 1 has 1 coordinates, the first has 2'],
    [{ centres: [[0, NaN]] }, 'gaussian-mixture.centres.0.1: must be a number'],
    [{ centres: [[0, Infinity]] }, 'gaussian-mixture.centres.0.1: must be finite'],
    [
      { centres: [[0, 0]], standardDeviation: 0 },
      'gaussian-mixture.standardDeviation: must be above 0 (got 0)',
    ],
    [{ centres: [[0, 0]], pointsPerMode: 2.5 }, 'gaussian-mixture.pointsPerMode: must be a whole number'],
    [{ centres: [[0, 0]], pointsPerMode: 1e12 }, 'do not fit into memory; ask for at most 67108864'],
    [{ centres: [[0, 0]], seed: -1 }, 'gaussian-mixture.seed: must be 0 or more'],
    [{ centres: [[0, 0]], standardDeviaton: 1 }, 'did you mean standardDeviation?'],
  ])('refuses %j', (options, message) => {
    expect(() => gaussianMixture(options as never)).toThrow(message);
  });
});
