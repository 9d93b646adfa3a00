import { describeDataset } from '@dist-gan/testing/dataset';
import { describe, expect, it } from 'vitest';
import { embeddedGaussians } from './embedded-gaussians.js';

const small = { modes: 3, dimension: 12, intrinsicDimension: 7, pointsPerMode: 5 };

describeDataset('embedded-gaussians', {
  create: () => embeddedGaussians({ pointsPerMode: 10 }),
  expected: { size: 100, sampleShape: [1200], type: 'float32', classes: 10 },
});
describeDataset('embedded-gaussians, small', {
  create: () => embeddedGaussians(small),
  expected: { size: 15, sampleShape: [12], type: 'float32', classes: 3 },
});

describe('embeddedGaussians', () => {
  it('has a mode in some of its coordinates, 0 in all others, and every point in those of its mode', () => {
    const dataset = embeddedGaussians(small);
    const supports = dataset.mixture.centres.map((centre) =>
      centre.flatMap((value, coordinate) => (value === 0 ? [] : [coordinate])),
    );
    for (const support of supports) expect(support).toHaveLength(7);
    expect(new Set(supports.map(String)).size).toBe(3);
    for (let i = 0; i < dataset.size; i++) {
      const point = [...dataset.batch([i])];
      const own = point.flatMap((value, coordinate) => (value === 0 ? [] : [coordinate]));
      expect(own).toEqual(supports[dataset.labels![i]]);
    }
  });

  it('puts its points around their centres, sqrt(700) standard deviations away, and its centres far apart', () => {
    const dataset = embeddedGaussians({ pointsPerMode: 20 });
    const { mixture, labels } = dataset;
    const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Math.sqrt(Array.from(a).reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
    const { centres, standardDeviation, registrationRadius } = mixture;
    for (let i = 0; i < 200; i++) {
      const away = distance(dataset.batch([i]), centres[labels![i]]);
      // A chi variable of 700 degrees: mean 26.45, standard deviation 0.71.
      expect(Math.abs(away / standardDeviation - 26.45)).toBeLessThan(4);
      expect(away).toBeLessThan(registrationRadius);
    }
    centres.forEach((centre, i) =>
      // The square of the distance is a chi-square variable of 1400 degrees or fewer: 37 less 6 deviations of 0.7.
      centres.slice(0, i).forEach((other) => expect(distance(centre, other)).toBeGreaterThan(20)),
    );
  });

  it('depends on its seed', () => {
    expect(embeddedGaussians(small).batch([3])).toEqual(embeddedGaussians({ ...small, seed: 0 }).batch([3]));
    expect(embeddedGaussians(small).batch([3])).not.toEqual(
      embeddedGaussians({ ...small, seed: 1 }).batch([3]),
    );
  });

  it.each([
    [{ dimension: 5, intrinsicDimension: 6 }, 'a mode cannot have 6 of 5 coordinates; ask for at most 5'],
    [{ pointsPerMode: 1e6 }, 'do not fit into memory'],
    [{ modes: 65_537, dimension: 1, intrinsicDimension: 1 }, 'must be at most 65,536'],
    [{ intrinsicDimensions: 3 } as never, 'embedded-gaussians.intrinsicDimensions is not an option'],
  ])('refuses what cannot be: %#', (options, message) => {
    expect(() => embeddedGaussians(options)).toThrow(message);
  });
});
