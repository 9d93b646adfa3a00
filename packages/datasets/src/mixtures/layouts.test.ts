import { describeDataset } from '@dist-gan/testing/dataset';
import { describe, expect, it } from 'vitest';
import { gaussian1d } from './gaussian-1d.js';
import { gaussianGrid } from './gaussian-grid.js';
import { gaussianMixture } from './gaussian-mixture.js';
import { gaussianPlus } from './gaussian-plus.js';
import { gaussianRing } from './gaussian-ring.js';
import { gaussianSine } from './gaussian-sine.js';
import type { MixtureDataset } from './mixture.js';

const subject = (create: () => MixtureDataset, size: number, classes: number, dimension = 2) => ({
  create,
  expected: { size, sampleShape: [dimension], type: 'float32' as const, classes },
});

describeDataset('gaussian-grid', subject(gaussianGrid, 50_000, 25));
describeDataset('gaussian-plus', subject(gaussianPlus, 52_000, 13));
describeDataset('gaussian-sine', subject(gaussianSine, 48_000, 12));
describeDataset('gaussian-ring', subject(gaussianRing, 40_000, 8));
describeDataset('gaussian-1d', subject(gaussian1d, 100_000, 1, 1));

/** Centres in original coordinates, to three decimals. */
function centresOf({ mixture }: MixtureDataset): string[] {
  const { centres, scale = 1 } = mixture;
  // Adding 0 turns -0 into 0.
  const original = (value: number) => (Math.round(scale * (2 * value - 1) * 1000) / 1000 + 0).toString();
  return centres.map((centre) => centre.map(original).join(',')).sort();
}

describe('the layouts of the Dist-GAN paper', () => {
  it('have their published centres', () => {
    const square = [-4, -2, 0, 2, 4].flatMap((x) => [-4, -2, 0, 2, 4].map((y) => `${x},${y}`));
    expect(centresOf(gaussianGrid())).toEqual(square.sort());

    const plus = [
      '-3,0',
      '-2,0',
      '-1,0',
      '0,0',
      '1,0',
      '2,0',
      '3,0',
      '0,-3',
      '0,-2',
      '0,-1',
      '0,1',
      '0,2',
      '0,3',
    ];
    expect(centresOf(gaussianPlus())).toEqual(plus.sort());

    const sine = [
      ...['-1.866,0.5', '-1.5,0.866', '-1,1', '-0.5,0.866', '-0.134,0.5', '0,0'],
      ...['2,0', '1.866,-0.5', '1.5,-0.866', '1,-1', '0.5,-0.866', '0.134,-0.5'],
    ];
    expect(centresOf(gaussianSine())).toEqual(sine.sort());
  });

  it.each([gaussianGrid(), gaussianPlus(), gaussianSine()])(
    "have the authors' registration radius (0.1 / m) / sqrt(2): $id",
    ({ mixture }) => {
      expect(mixture.registrationRadius).toBeCloseTo(0.1 / Math.abs(mixture.scale!) / Math.SQRT2, 15);
      expect(mixture.standardDeviation).toBeCloseTo(0.05 / 2 / Math.abs(mixture.scale!), 15);
    },
  );

  it('keep a margin around their points where one is asked for', () => {
    const indices = Array.from({ length: 50_000 }, (_, i) => i);
    const tight = gaussianGrid();
    const loose = gaussianGrid({ margin: 0.25 });
    const [before, after] = [tight.batch(indices), loose.batch(indices)];
    // The outermost point lies at 1 without, at (1 / 1.25 + 1) / 2 with the margin, whatever its sign was.
    expect(Math.max(...before)).toBe(1);
    expect(Math.max(...after)).toBeCloseTo(0.9, 6);
    expect(Math.min(...after)).toBeGreaterThanOrEqual(0.1 - 1e-6);
    for (let i = 0; i < before.length; i += 997) {
      expect(Math.abs(after[i] - (0.5 + (before[i] - 0.5) / 1.25))).toBeLessThan(1e-6);
    }
    // In original coordinates nothing has moved.
    expect(centresOf(loose)).toEqual(centresOf(tight));
    const original = ({ mixture }: MixtureDataset) =>
      mixture.registrationRadius * 2 * Math.abs(mixture.scale!);
    expect(original(loose)).toBeCloseTo(Math.SQRT2 / 10, 12);
    expect(original(tight)).toBeCloseTo(Math.SQRT2 / 10, 12);
  });

  it('draw the points that a mixture of the same centres draws', () => {
    const centres = [-4, -2, 0, 2, 4].flatMap((x) => [-4, -2, 0, 2, 4].map((y) => [x, y]));
    const options = { pointsPerMode: 3, seed: 9 };
    const indices = Array.from({ length: 75 }, (_, i) => i);
    const grid = gaussianGrid(options).batch(indices);
    expect(grid).toEqual(gaussianMixture({ ...options, centres }).batch(indices));
    expect(gaussianGrid({ ...options, seed: 8 }).batch(indices)).not.toEqual(grid);
  });

  it('name an option that they do not have', () => {
    expect(() => gaussianGrid({ pointPerMode: 3 } as never)).toThrow('did you mean pointsPerMode?');
    expect(() => gaussianGrid({ from: 'disk' } as never)).toThrow('must be "drawn" or "file" (got "disk")');
    expect(() => gaussianGrid({ from: 'file', seed: 3 } as never)).toThrow(
      'gaussian-grid.seed is not an option',
    );
  });
});

describe('gaussianRing', () => {
  it('has no more modes than labels can name', () => {
    expect(() => gaussianRing({ modes: 65_537, pointsPerMode: 1 })).toThrow('must be at most 65,536');
  });

  it('puts its modes evenly on a circle', () => {
    const { mixture } = gaussianRing({ modes: 4, radius: 3, pointsPerMode: 10 });
    const original = mixture.centres.flat().map((value) => mixture.scale! * (2 * value - 1));
    const expected = [3, 0, 0, 3, -3, 0, 0, -3];
    for (const [i, value] of original.entries()) expect(value).toBeCloseTo(expected[i], 12);
  });
});

describe('gaussian1d', () => {
  it('draws from N(4, 1) and leaves the points as they are', () => {
    const dataset = gaussian1d();
    const data = dataset.batch(Uint32Array.from({ length: dataset.size }, (_, i) => i));
    const sorted = Float32Array.from(data).sort();
    // Quantiles of the standard normal distribution; the standard error of a quantile is
    // sqrt(p (1 - p) / n) / density.
    const quantiles = [
      { p: 0.0227501319, z: -2 },
      { p: 0.1586552539, z: -1 },
      { p: 0.5, z: 0 },
      { p: 0.8413447461, z: 1 },
      { p: 0.9772498681, z: 2 },
    ];
    for (const { p, z } of quantiles) {
      const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
      const error = Math.sqrt((p * (1 - p)) / data.length) / density;
      expect(Math.abs(sorted[Math.round(p * data.length)] - (4 + z))).toBeLessThan(5 * error);
    }
    expect(dataset.mixture).toMatchObject({ centres: [[4]], standardDeviation: 1 });
    expect(dataset.mixture.scale).toBeUndefined();
    expect(dataset.range).toEqual([sorted[0], sorted[sorted.length - 1]]);
  });
});
