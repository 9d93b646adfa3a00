import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe as suite, expect, it } from 'vitest';
import { bootstrapMean } from './bootstrap.js';
import { comparePairs } from './compare-samples.js';
import { describe, quantile } from './describe.js';
import { holm } from './holm.js';
import { pairedPermutationTest } from './permutation-test.js';

/** Made by SciPy and NumPy: tooling/oracles/sweep_statistics.py. */
const vectors = JSON.parse(
  readFileSync(new URL('../../test/statistics.json', import.meta.url), 'utf8'),
) as Record<
  string,
  {
    values: number[];
    p: number;
    mean: number;
    standardDeviation: number | null;
    median: number;
    quantiles: number[];
    bootstrap: [number, number] | null;
  }
>;

suite.each(Object.entries(vectors))('of %s, as SciPy and NumPy have it', (_, expected) => {
  const { values } = expected;

  it('mean, deviation, median and quantiles', () => {
    const described = describe(values)!;
    expect(described.mean).toBeCloseTo(expected.mean, 12);
    expect(described.median).toBeCloseTo(expected.median, 12);
    if (expected.standardDeviation === null) expect(described.standardDeviation).toBeUndefined();
    else expect(described.standardDeviation).toBeCloseTo(expected.standardDeviation, 12);
    const sorted = [...values].sort((a, b) => a - b);
    [0.025, 0.3, 0.975].forEach((share, i) =>
      expect(quantile(sorted, share)).toBeCloseTo(expected.quantiles[i], 12),
    );
  });

  it('the exact sign-flip test', () => {
    expect(pairedPermutationTest(values)).toMatchObject({ exact: true, leastP: 2 / 2 ** values.length });
    expect(pairedPermutationTest(values).p).toBeCloseTo(expected.p, 12);
  });

  it('the bootstrap interval, to what random draws allow', () => {
    const interval = bootstrapMean(values);
    if (expected.bootstrap === null) return expect(interval).toBeUndefined();
    const [low, high] = expected.bootstrap;
    const room = 0.03 * (high - low) + 1e-12;
    expect(Math.abs(interval!.low - low)).toBeLessThanOrEqual(room);
    expect(Math.abs(interval!.high - high)).toBeLessThanOrEqual(room);
  });
});

suite('equal numbers', () => {
  it('have no deviation, and an interval that is that number', () => {
    expect(describe([0.1, 0.1, 0.1])).toMatchObject({ mean: 0.1, standardDeviation: 0, median: 0.1 });
    expect(bootstrapMean([0.1, 0.1, 0.1])).toEqual({ low: 0.1, high: 0.1 });
  });
});

suite('the bootstrap', () => {
  it('has the quantiles of the distribution that can be written down: of two numbers', () => {
    // Means 0, 0.5 and 1 with probabilities 1/4, 1/2 and 1/4.
    expect(bootstrapMean([0, 1])).toEqual({ low: 0, high: 1 });
  });

  it('gives the same interval every time, and none where there is none', () => {
    expect(bootstrapMean([1, 5, 2, 8])).toEqual(bootstrapMean([1, 5, 2, 8]));
    expect(bootstrapMean([1])).toBeUndefined();
    expect(bootstrapMean([1, Infinity])).toBeUndefined();
  });
});

suite('the sign-flip test of many pairs', () => {
  it('comes near to the normal approximation', () => {
    const differences = Array.from({ length: 40 }, (_, i) => Math.sin(i * 12.9898) + 0.2);
    const { p, exact } = pairedPermutationTest(differences);
    expect(exact).toBe(false);
    const sum = differences.reduce((a, b) => a + b, 0);
    const z = Math.abs(sum) / Math.sqrt(differences.reduce((a, b) => a + b * b, 0));
    expect(Math.abs(p - 2 * (1 - normal(z)))).toBeLessThan(0.01);
  });

  it('is never 0', () => {
    expect(pairedPermutationTest(new Array<number>(30).fill(1)).p).toBeGreaterThan(0);
  });

  it('does not depend on the unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 9 }),
        fc.constantFrom(1e-9, 0.1, 3, 1e9),
        (values, unit) => {
          expect(pairedPermutationTest(values.map((value) => value * unit)).p).toBe(
            pairedPermutationTest(values).p,
          );
        },
      ),
    );
  });
});

suite('Holm', () => {
  it("gives R's p.adjust(c(0.01, 0.04, 0.03, 0.005), 'holm')", () => {
    holm([0.01, 0.04, 0.03, 0.005]).forEach((p, i) => expect(p).toBeCloseTo([0.03, 0.06, 0.06, 0.02][i], 12));
    expect(holm([])).toEqual([]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
  });
});

suite('paired rows', () => {
  const bySeed = (values: Record<number, number>) =>
    new Map(Object.entries(values).map(([seed, value]) => [Number(seed), value]));

  it('are compared over the seeds that both have', () => {
    const difference = comparePairs(bySeed({ 1: 5, 2: 7, 4: 1 }), bySeed({ 1: 3, 2: 1, 3: 9 }))!;
    expect(difference).toMatchObject({ mean: 4, pairs: 2, test: { p: 0.5 } });
  });

  it('have no difference where one is infinite on a side, and none without pairs', () => {
    expect(comparePairs(bySeed({ 1: 3, 2: 2 }), bySeed({ 1: Infinity, 2: 1 }))).toBeUndefined();
    expect(comparePairs(bySeed({ 1: Infinity, 2: 2 }), bySeed({ 1: Infinity, 2: 1 }))).toBeUndefined();
    expect(comparePairs(bySeed({ 1: 3 }), bySeed({ 1: 1, 2: Infinity }))).toMatchObject({
      mean: 2,
      pairs: 1,
    });
    expect(comparePairs(bySeed({ 1: 1 }), bySeed({ 2: 1 }))).toBeUndefined();
  });
});

suite('what does not exist', () => {
  it('is left out, and never NaN', () => {
    expect(describe([])).toBeUndefined();
    expect(describe([3])).toEqual({ count: 1, mean: 3, median: 3, least: 3, greatest: 3 });
    expect(describe([Infinity, 1, Infinity, Infinity])).toEqual({
      count: 4,
      mean: Infinity,
      median: Infinity,
      least: 1,
      greatest: Infinity,
    });
  });
});

/** The distribution function of the normal distribution (Abramowitz and Stegun 26.2.17, to 7.5e-8). */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * x);
  const tail =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
