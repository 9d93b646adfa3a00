/** What must hold for any features: on small random sets, a few runs of each. */
import { RandomStream } from '@dist-gan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { msSsimDiversity } from './diversity/ms-ssim-diversity.js';
import { vendiScore } from './diversity/vendi-score.js';
import type { Features, RealAndGenerated } from './feature-matrix.js';
import { inceptionScore } from './inception-score/inception-score.js';
import { kernelDistance } from './kernel/kernel-distance.js';
import {
  densityCoverage,
  precisionRecall,
  precisionRecallDensityCoverage,
} from './manifold/manifold-metrics.js';
import { precisionRecallCurve } from './prd/precision-recall-curve.js';
import { slicedWasserstein } from './sliced-wasserstein/sliced-wasserstein.js';
import { metrics as everyMetric } from '../metrics.js';
import { runMetric } from './run-metric.js';
import { type RunOptions, ownEngine } from '../linear-algebra/index.js';

const run = { engine: ownEngine() };
const fewRuns = { numRuns: 8 };
const seeds = fc.integer({ min: 0, max: 1e6 });

function normal(seed: number, count: number, dimension: number, scale = 1, shift = 0): Features {
  const data = RandomStream.fromSeed(seed).normal(count * dimension);
  return { data: Float64Array.from(data, (value) => value * scale + shift), dimension };
}

const pair = (seed: number): RealAndGenerated => ({
  real: normal(seed, 30, 4),
  generated: normal(seed + 1, 30, 4, 1.3, 0.2),
});

const swapped = ({ real, generated }: RealAndGenerated): RealAndGenerated => ({
  real: generated,
  generated: real,
});

function shuffled({ data, dimension }: Features, seed: number): Features {
  const order = RandomStream.fromSeed(seed).permutation(data.length / dimension);
  const rows = [...order].flatMap((row) => [...data.subarray(row * dimension, (row + 1) * dimension)]);
  return { data: Float64Array.from(rows), dimension };
}

type Run = Pick<RunOptions, 'onProgress' | 'signal' | 'engine'>;

/** Options for 30 samples, of metrics whose defaults are for more, or leave something to chance. */
const small: Readonly<Record<string, object>> = {
  'frechet-distance-at-infinity': { smallest: 9 },
  'kernel-distance': { sampling: 'all' },
  'sliced-wasserstein': { directions: 20 },
};

/** Every metric of any features in the list, as evaluations run it. */
const ofList = Object.fromEntries(
  Object.values(everyMetric).flatMap((metric) =>
    metric.kind === 'features' && metric.inception === undefined
      ? [
          [
            metric.id,
            (sets: RealAndGenerated, options: Run) =>
              runMetric(metric.id, metric.options, { ...small[metric.id], ...options }, (resolved, run) =>
                metric.measure(sets, resolved, run),
              ),
          ] as const,
        ]
      : [],
  ),
);

/** All of them, and functions that are no metric of that list; on samples enough for each. */
const functions: Readonly<Record<string, (options: Run) => Promise<unknown>>> = {
  ...Object.fromEntries(
    Object.entries(ofList).map(([id, measure]) => [id, (options: Run) => measure(pair(1), options)]),
  ),
  densityCoverage: (options) => densityCoverage(pair(1), options),
  inceptionScore: (options) => inceptionScore(pair(1).real, options),
  msSsimDiversity: (options) =>
    msSsimDiversity({ data: new Float32Array(3 * 256), count: 3, sampleShape: [16, 16, 1] }, options),
  precisionRecall: (options) => precisionRecall(pair(1), options),
  precisionRecallDensityCoverage: (options) => precisionRecallDensityCoverage(pair(1), options),
};

describe.each(Object.entries(functions))('%s', (_, measure) => {
  it('tells how far it is, and stops when asked to', async () => {
    const told: number[] = [];
    await measure({ onProgress: (done) => told.push(done) });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    const stopped = measure({ signal: AbortSignal.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });
});

type Numbers = Promise<readonly number[]>;
const values = (results: readonly { readonly value: number }[]) => results.map(({ value }) => value);

/** Those of samples in an order of their own: the stream of a seed chooses among them. */
const drawn = ['frechet-distance-at-infinity', 'prd'];

const metrics: Readonly<Record<string, (sets: RealAndGenerated) => Numbers>> = {
  ...Object.fromEntries(
    Object.entries(ofList)
      .filter(([id]) => !drawn.includes(id))
      .map(([id, measure]) => [id, async (sets: RealAndGenerated) => values(await measure(sets, run))]),
  ),
  'precision to coverage': async (sets) => values(await precisionRecallDensityCoverage(sets, run)),
  'Inception Score': async ({ generated }) => values(await inceptionScore(generated, { ...run, splits: 1 })),
};

async function expectClose(actual: Numbers, expected: Numbers, digits = 10): Promise<void> {
  const [left, right] = [await actual, await expected];
  expect(left).toHaveLength(right.length);
  left.forEach((value, i) => expect(value).toBeCloseTo(right[i], digits));
}

describe.each(Object.entries(metrics))('%s', (_, metric) => {
  it('does not depend on the order of samples', () =>
    fc.assert(
      fc.asyncProperty(seeds, seeds, async (seed, order) => {
        const { real, generated } = pair(seed);
        const sets = { real: shuffled(real, order), generated: shuffled(generated, order + 1) };
        await expectClose(metric(sets), metric({ real, generated }));
      }),
      fewRuns,
    ));
});

describe.each(['frechet-distance', 'kernel-distance', 'sliced-wasserstein'])('%s', (name) => {
  it('does not care which set is which', () =>
    fc.assert(
      fc.asyncProperty(seeds, async (seed) =>
        expectClose(metrics[name](swapped(pair(seed))), metrics[name](pair(seed))),
      ),
      fewRuns,
    ));
});

describe('a set and itself', () => {
  it('have no distance, and full precision, recall and coverage', () =>
    fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const sets = { real: normal(seed, 30, 4), generated: normal(seed, 30, 4) };
        const zero = async (...ids: string[]) => ids.map(() => 0);
        await expectClose(metrics['frechet-distance'](sets), zero('value'));
        for (const estimator of ['biased', 'u-statistic'] as const) {
          const kernel = kernelDistance(sets, { ...run, sampling: 'all', estimator });
          await expectClose(kernel.then(values), zero('value'));
        }
        await expectClose(metrics['sliced-wasserstein'](sets), zero('sliced', 'mind', 'approximate'));
        const [precision, recall, , coverage] = await metrics['precision to coverage'](sets);
        expect([precision, recall, coverage]).toEqual([1, 1, 1]);
        expect(await metrics['authentic-percentage'](sets)).toEqual([0]);
        const curve = await precisionRecallCurve(sets, { ...run, runs: 2, clusters: 5 });
        await expectClose(
          Promise.resolve(values(curve.results)),
          Promise.resolve(curve.results.map(() => 1)),
          6,
        );
      }),
      fewRuns,
    ));
});

describe('precision and recall', () => {
  it('change places with the sets', () =>
    fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const [precision, recall] = await metrics['precision to coverage'](pair(seed));
        const [other, another] = await metrics['precision to coverage'](swapped(pair(seed)));
        expect([another, other]).toEqual([precision, recall]);
      }),
      fewRuns,
    ));
});

describe('closed forms', () => {
  it('kernel distance of one feature: weighted squares of differences of the first three moments', () =>
    fc.assert(
      fc.asyncProperty(seeds, fc.double({ min: 0.5, max: 2, noNaN: true }), async (seed, scale) => {
        const sets = { real: normal(seed, 40, 1), generated: normal(seed + 1, 50, 1, scale, 0.3) };
        const moment = ({ data }: Features, power: number) =>
          Array.from(data).reduce((sum, value) => sum + value ** power, 0) / data.length;
        // (x y + 1)³ = x³ y³ + 3 x² y² + 3 x y + 1.
        const expected = [3, 3, 1].reduce(
          (sum, weight, i) => sum + weight * (moment(sets.real, i + 1) - moment(sets.generated, i + 1)) ** 2,
          0,
        );
        const [{ value }] = await kernelDistance(sets, { ...run, sampling: 'all', estimator: 'biased' });
        expect(value).toBeCloseTo(expected, 9);
      }),
      fewRuns,
    ));

  it('kernel distance of two Gaussians, within the error of 6,000 samples', async () => {
    const [variance, mean] = [1.5 ** 2, 0.5];
    const sets = { real: normal(1, 6000, 1), generated: normal(2, 6000, 1, 1.5, mean) };
    // Moments of N(0, 1) are 0, 1, 0; those of N(m, v) are m, m² + v, m³ + 3 m v.
    const expected =
      3 * mean ** 2 + 3 * (mean ** 2 + variance - 1) ** 2 + (mean ** 3 + 3 * mean * variance) ** 2;
    const [{ value }] = await kernelDistance(sets, { ...run, sampling: 'blocks', blockSize: 1000 });
    expect(Math.abs(value - expected) / expected).toBeLessThan(0.1);
  });

  it('sliced Wasserstein of one feature: |m1 - m2| for a moved copy, |s1 - s2| for a scaled one', () =>
    fc.assert(
      fc.asyncProperty(seeds, fc.double({ min: 0.1, max: 5, noNaN: true }), async (seed, by) => {
        const real = normal(seed, 25, 1);
        const moved = { ...real, data: real.data.map((value) => value + by) };
        const [{ value: distance }] = await slicedWasserstein(
          { real, generated: moved },
          { ...run, directions: 3 },
        );
        expect(distance).toBeCloseTo(by, 10);
        const scaled = { ...real, data: real.data.map((value) => value * (1 + by)) };
        const length = Math.sqrt(Array.from(real.data).reduce((sum, value) => sum + value ** 2, 0) / 25);
        const [{ value }] = await slicedWasserstein({ real, generated: scaled }, { ...run, directions: 3 });
        expect(value).toBeCloseTo(by * length, 10);
      }),
      fewRuns,
    ));

  it('Vendi score: n groups of orthogonal samples are n, however many there are of each', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (groups, each) => {
          const data = new Float64Array(groups * each * 6);
          for (let sample = 0; sample < groups * each; sample++)
            data[sample * 6 + (sample % groups)] = sample + 1;
          expect((await vendiScore({ data, dimension: 6 }, run)).value).toBeCloseTo(groups, 9);
        },
      ),
      fewRuns,
    ));

  it('Inception Score: from 1 to the count of classes, and 1 where all samples are alike', () =>
    fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const logits = normal(seed, 20, 5, 3);
        const [score] = await metrics['Inception Score']({ real: logits, generated: logits });
        expect(score).toBeGreaterThan(1);
        expect(score).toBeLessThanOrEqual(5);
        const first = Array.from({ length: 20 }, () => [...logits.data.subarray(0, 5)]).flat();
        const alike = { data: Float64Array.from(first), dimension: 5 };
        await expectClose(
          metrics['Inception Score']({ real: alike, generated: alike }),
          Promise.resolve([1, 0]),
        );
      }),
      fewRuns,
    ));
});
