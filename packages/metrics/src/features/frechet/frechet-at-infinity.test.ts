import { RandomStream } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { frechetDistance } from './frechet-distance.js';
import { frechetDistanceAtInfinity, intercept } from './frechet-at-infinity.js';
import { FeatureMoments } from './feature-moments.js';
import { ownEngine } from '../../linear-algebra/index.js';

const run = { engine: ownEngine() };
const normal = (seed: number, count: number, dimension: number) => ({
  data: RandomStream.fromSeed(seed).normal(count * dimension),
  dimension,
});

it('fits a line: values of y = 3 + 2 x, and of scattered points', () => {
  expect(intercept([1, 0.5, 0.25, 0.1].map((x) => [x, 3 + 2 * x]))).toBeCloseTo(3, 12);
  // Least squares by hand: means (1, 2), slope 3 / 2.
  const points = [
    [0, 1],
    [1, 1],
    [2, 4],
  ] as const;
  expect(intercept(points)).toBeCloseTo(0.5, 12);
});

it('is nearer to the distance of the distributions, 0, than that of all samples', async () => {
  const moments = new FeatureMoments(8);
  await moments.update(normal(1, 60_000, 8));
  const sets = { real: await moments.statistics(), generated: normal(2, 1500, 8) };
  const result = await frechetDistanceAtInfinity(sets, { ...run, seed: 5 });
  const { value } = await frechetDistance(sets, run);
  expect(Math.abs(result.value)).toBeLessThan(value / 2);
  expect(result.points.map(({ samples }) => samples).slice(0, 3)).toEqual([150, 246, 342]);
  // The last subset has all samples.
  expect(result.points.at(-1)!.samples).toBe(1500);
  expect(result.points.at(-1)!.distance).toBeCloseTo(value, 10);
  expect(result.protocol).toMatchObject({ points: 15, smallest: 150, seed: 5, ddof: 1 });
  expect((await frechetDistanceAtInfinity(sets, { ...run, seed: 5 })).value).toBe(result.value);
});

it('refuses a first point that is not below the count', async () => {
  const sets = { real: normal(1, 50, 2), generated: normal(2, 50, 2) };
  await expect(frechetDistanceAtInfinity(sets, { ...run, smallest: 50 })).rejects.toThrow(
    '50 is not below the 50',
  );
});

it('refuses sets of other dimensions, and those that were made in different ways', async () => {
  const real = normal(1, 50, 3);
  const narrow = { real, generated: normal(2, 50, 2) };
  await expect(frechetDistanceAtInfinity(narrow, run)).rejects.toThrow(
    'real features have 3 numbers, generated ones 2',
  );
  const other = {
    real: { ...real, protocol: { extractor: 'one' } },
    generated: { ...normal(2, 50, 3), protocol: { extractor: 'another' } },
  };
  await expect(frechetDistanceAtInfinity(other, run)).rejects.toThrow('made in different ways (extractor');
});
