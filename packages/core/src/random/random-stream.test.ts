import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGanError } from '../errors/index.js';
import { RandomStream } from './random-stream.js';

const take = (stream: RandomStream, count: number): number[] =>
  Array.from({ length: count }, () => stream.nextUint32());

/** Mean, variance and fourth standardised moment in float64. */
function moments(values: Float32Array): { mean: number; variance: number; kurtosis: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number): number =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  return { mean, variance: central(2), kurtosis: central(4) / central(2) ** 2 };
}

describe('RandomStream', () => {
  // Words of Threefry under the keys that JAX's fold_in gives (an independent implementation in Python,
  // which also gives JAX's documented fold_in(key(0), 1) = [928981903, 3453687069]).
  it('derives with numbers as JAX folds its keys', () => {
    const stream = RandomStream.fromSeed(42).derive(7);
    expect(take(stream, 4)).toEqual([1029767004, 2691955506, 3913626572, 2520847663]);
  });

  it('derives with names, character by character', () => {
    const stream = RandomStream.fromSeed(5).derive('latents');
    expect(take(stream, 2)).toEqual([869737905, 3866145152]);
  });

  it('gives the same numbers for the same derivation, whatever was consumed before', () => {
    const root = RandomStream.fromSeed(9);
    const first = take(root.derive('latents').derive(3), 5);
    root.uniform(100);
    expect(take(root.derive('latents').derive(3), 5)).toEqual(first);
  });

  it('keeps names, numbers, parts of names and seeds apart', () => {
    const root = RandomStream.fromSeed(1);
    const streams = [
      root,
      RandomStream.fromSeed(2),
      RandomStream.fromSeed(1 + 2 ** 32),
      root.derive('1'),
      root.derive(1),
      root.derive('ab'),
      root.derive('a').derive('b'),
      root.derive('a'),
      root.derive(''),
      root.derive(0),
      root.derive(97),
    ];
    expect(new Set(streams.map((stream) => stream.nextUint32())).size).toBe(streams.length);
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('refuses the seed %s', (seed) => {
    expect(() => RandomStream.fromSeed(seed)).toThrow(
      expect.toSatisfy((error) => isGanError(error, 'OPTION_INVALID')),
    );
  });

  // Bounds: five standard errors of each statistic for n = 200,000.
  it('draws uniform numbers in [low, high) with the moments of the distribution', () => {
    const values = RandomStream.fromSeed(3).uniform(200_000, { low: -1, high: 1 });
    const { mean, variance } = moments(values);
    expect(Math.min(...values.subarray(0, 50_000))).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...values.subarray(0, 50_000))).toBeLessThan(1);
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(1 / 3 / 200_000));
    expect(Math.abs(variance - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / 200_000));
  });

  it.each([
    [100, 101],
    [0.7, 0.8],
    [-101, -100],
    [2 ** 24, 2 ** 24 + 4],
    [-(2 ** -149), 2 ** -149],
    [1, 1 + 2 ** -23],
  ])('never leaves [%s, %s), where float32 numbers are far apart', (low, high) => {
    const values = RandomStream.fromSeed(11).uniform(300_000, { low, high });
    expect(values.every((value) => value >= low && value < high)).toBe(true);
  });

  it('never leaves any range of its own', () => {
    const bounds = fc.double({ min: -1e30, max: 1e30, noNaN: true });
    fc.assert(
      fc.property(bounds, bounds, fc.nat(), (one, other, seed) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        // Enough for a float32 number to be in the range; where there is none the range is refused, as below.
        fc.pre([low, high].map(Math.fround).some((value) => value >= low && value < high));
        const values = RandomStream.fromSeed(seed).uniform(64, { low, high });
        return values.every((value) => value >= low && value < high);
      }),
    );
  });

  it.each([
    [1, 1],
    [2, 1],
    [0, Infinity],
    [NaN, 1],
    [0.1, 0.1 + 2 ** -40],
  ])('refuses the range [%s, %s)', (low, high) => {
    expect(() => RandomStream.fromSeed(1).uniform(1, { low, high })).toThrow('no float32 number');
  });

  it.each([0, -1, 1.5, NaN, 2 ** 32 + 1])('refuses the bound %s', (bound) => {
    expect(() => RandomStream.fromSeed(1).nextInteger(bound)).toThrow('bound must be');
  });

  it.each([-1, 0.5, NaN])('refuses %s numbers', (count) => {
    const stream = RandomStream.fromSeed(1);
    expect(() => stream.uniform(count)).toThrow('count must be');
    expect(() => stream.normal(count)).toThrow('count must be');
    expect(() => stream.permutation(count)).toThrow('count must be');
  });

  it('refuses normal distributions that are none', () => {
    const stream = RandomStream.fromSeed(1);
    expect(() => stream.normal(1, { mean: NaN })).toThrow('mean must be finite');
    expect(() => stream.normal(1, { standardDeviation: -1 })).toThrow('standardDeviation must be');
  });

  it('draws uniform numbers that fill 64 cells evenly', () => {
    const counts = new Array<number>(64).fill(0);
    for (const value of RandomStream.fromSeed(4).uniform(64_000)) counts[Math.floor(value * 64)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // The 0.001 and 0.999 quantiles of chi-square with 63 degrees of freedom.
    expect(chiSquare).toBeGreaterThan(33.9);
    expect(chiSquare).toBeLessThan(103.4);
  });

  it('draws normal numbers with the moments of the distribution', () => {
    const { mean, variance, kurtosis } = moments(RandomStream.fromSeed(5).normal(200_000));
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(1 / 200_000));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / 200_000));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(5 * Math.sqrt(24 / 200_000));
  });

  it('shifts and scales normal numbers', () => {
    const { mean, variance } = moments(
      RandomStream.fromSeed(6).normal(100_001, { mean: 4, standardDeviation: 2 }),
    );
    expect(Math.abs(mean - 4)).toBeLessThan(5 * Math.sqrt(4 / 100_000));
    expect(Math.abs(variance - 4)).toBeLessThan(5 * 4 * Math.sqrt(2 / 100_000));
  });

  it('draws whole numbers below a bound without bias', () => {
    const stream = RandomStream.fromSeed(7);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) counts[stream.nextInteger(5)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(18.5); // 0.999 quantile, 4 degrees of freedom
  });

  it('permutes: every number once, and every order equally often', () => {
    expect([...RandomStream.fromSeed(8).permutation(1000)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i),
    );
    const stream = RandomStream.fromSeed(8);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = stream.permutation(4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(49.7); // 0.999 quantile, 23 degrees of freedom
  });
});
