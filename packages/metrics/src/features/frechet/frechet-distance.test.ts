import { isGanError, RandomStream } from '@dist-gan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, drawPair, featureVectors, scipyVectors } from '../../../test/features.js';
import type { Features } from '../feature-matrix.js';
import { frechetDistance } from './frechet-distance.js';
import { FeatureMoments, type FeatureStatistics } from './feature-moments.js';
import { ownEngine } from '../../linear-algebra/index.js';

const run = { engine: ownEngine() };
const distance = async (sets: Parameters<typeof frechetDistance>[0], options = {}) =>
  (await frechetDistance(sets, { ...run, ...options })).value;

function diagonalStatistics(mean: readonly number[], variances: readonly number[]): FeatureStatistics {
  const dimension = mean.length;
  const covariance = new Float64Array(dimension ** 2);
  for (let i = 0; i < dimension; i++) covariance[i * (dimension + 1)] = variances[i];
  return { dimension, mean: Float64Array.from(mean), covariance, ddof: 1 };
}

/** Row-major [count, dimension] features of a function of sample and feature. */
const features = (count: number, dimension: number, value: (i: number, j: number) => number): Features => ({
  data: Float64Array.from({ length: count * dimension }, (_, at) =>
    value(Math.floor(at / dimension), at % dimension),
  ),
  dimension,
});

const normal = (seed: number, count: number, dimension: number, scale = 1, shift = 0): Features => ({
  data: RandomStream.fromSeed(seed)
    .normal(count * dimension)
    .map((value) => value * scale + shift),
  dimension,
});

describe('frechetDistance', () => {
  it.each(featureVectors.fid_features)('gives the vector of $real.n x $real.d features', async (vector) => {
    // Where a covariance is singular, the routes of the vector's program agree to 1e-8.
    const digits = vector.rank_deficient ? 7 : 12;
    const sets = drawPair(vector);
    expect(await distance(sets)).toBeCloseTo(vector.fid_symmetric, digits);
    expect(await distance(sets, { ddof: 0 })).toBeCloseTo(vector.fid_biased_cov, digits);
  });

  it.each(scipyVectors.frechet)('is that of SciPy for $n samples of $d features', async ({ n, d, value }) => {
    const real = draw({ seed: 1, n, d, scale: 1, shift: 0 });
    const generated = draw({ seed: 2, n, d, scale: 1.3, shift: 0.1 });
    // The roots of eigenvalues of 0 that rounding moves to 1e-16 are 1e-8.
    expect(await distance({ real, generated })).toBeCloseTo(value, n > d ? 11 : 6);
  });

  it('is that of SciPy for 512 x 256 and for 4 x 4 (TF-GAN, torch-fidelity)', async () => {
    const real = draw({ seed: 3, n: 512, d: 256, scale: 1, shift: 0 });
    const generated = draw({ seed: 4, n: 512, d: 256, scale: 1.1, shift: 0.05 });
    expect(await distance({ real, generated })).toBeCloseTo(scipyVectors.frechet_large, 10);
    const small = { data: Float64Array.from(scipyVectors.small), dimension: 4 };
    const other = draw({ seed: 1, n: 4, d: 4, scale: 1, shift: 0 });
    expect(await distance({ real: small, generated: other })).toBeCloseTo(scipyVectors.small_frechet, 6);
  });

  it('is 980 / 11 for the singular covariances of compare_gan (fid_score_test.py)', async () => {
    const real = features(100, 2, (i, j) => (i < 50 && j === 0 ? 2 : 1));
    const generated = features(100, 2, (i, j) => (i >= 50 && j === 0 ? 2 : 9));
    expect(await distance({ real, generated })).toBeCloseTo(980 / 11, 10);
  });

  it.each([
    [[0], [4], [3], [9], 10],
    [[0, 0, 0], [1, 4, 9], [0, 0, 0], [4, 9, 16], 3],
    [[1, 2], [0, 0], [1, 2], [0, 0], 0],
  ])('is the closed form for Gaussians N(%j, %j) and N(%j, %j)', async (m1, v1, m2, v2, expected) => {
    const sets = { real: diagonalStatistics(m1, v1), generated: diagonalStatistics(m2, v2) };
    expect(await distance(sets)).toBeCloseTo(expected, 12);
  });

  it('is the closed form where covariances do not commute', async () => {
    // tr (A B)^½ = sqrt(tr A B + 2 sqrt(det A B)) for 2 x 2 matrices.
    const [a, b] = [
      [2, 1, 1, 3],
      [5, -2, -2, 1],
    ].map((matrix) => Float64Array.from(matrix));
    const root = Math.sqrt(2 * 5 + 1 * -2 + 1 * -2 + 3 * 1 + 2 * Math.sqrt(5 * 1));
    const statistics = (covariance: Float64Array) => ({ ...diagonalStatistics([0, 0], [0, 0]), covariance });
    expect(await distance({ real: statistics(a), generated: statistics(b) })).toBeCloseTo(
      5 + 6 - 2 * root,
      12,
    );
  });

  it.each([64, 128])('is the closed form of a generator with two outputs, %d features', async (d) => {
    // T = v vᵀ, so that tr (S T)^½ = sqrt(vᵀ S v), and tr T = vᵀ v.
    const [n, m] = [d + 40, d + 140];
    const real = normal(1, n, d);
    const [one, other] = [normal(2, 1, d).data, normal(3, 1, d).data];
    const generated = features(m, d, (i, j) => (i % 2 === 0 ? one : other)[j]);
    const meanOf = ({ data }: Features, j: number) => {
      let sum = 0;
      for (let at = j; at < data.length; at += d) sum += data[at];
      return sum / (data.length / d);
    };
    const [means, middle] = [real, generated].map((set) =>
      Array.from({ length: d }, (_, j) => meanOf(set, j)),
    );
    const v = middle.map((mean, j) => (one[j] - mean) * Math.sqrt(m / (m - 1)));
    let [shift, traces, alongV] = [0, 0, 0];
    for (let j = 0; j < d; j++) {
      shift += (means[j] - middle[j]) ** 2;
      traces += v[j] ** 2;
    }
    for (let i = 0; i < n; i++) {
      let product = 0;
      for (let j = 0; j < d; j++) {
        const deviation = real.data[i * d + j] - means[j];
        traces += deviation ** 2 / (n - 1);
        product += deviation * v[j];
      }
      alongV += product ** 2 / (n - 1);
    }
    expect(await distance({ real, generated })).toBeCloseTo(shift + traces - 2 * Math.sqrt(alongV), 4);
  });

  it('grows with the scale of the features (TF-GAN)', async () => {
    const real = normal(1, 100, 20);
    let before = 0;
    for (const scale of [3, 5, 7, 9]) {
      const value = await distance({ real, generated: normal(2, 100, 20, scale) });
      expect(value).toBeGreaterThan(before);
      before = value;
    }
  });

  it('is 0 for a set and itself, and does not care which set is which', async () => {
    const [one, other] = [normal(1, 60, 7), normal(2, 90, 7, 1.5, 0.5)];
    expect(await distance({ real: one, generated: one })).toBeCloseTo(0, 12);
    const there = await distance({ real: one, generated: other });
    expect(await distance({ real: other, generated: one })).toBeCloseTo(there, 12);
  });

  it('does not change when all features are moved or rotated together', async () => {
    const [one, other] = [normal(1, 60, 3), normal(2, 90, 3, 1.5, 0.5)];
    const expected = await distance({ real: one, generated: other });
    const property = fc.asyncProperty(
      fc.double({ min: -100, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 7, noNaN: true }),
      async (shift, angle) => {
        const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
        const moved = ({ data }: Features) =>
          features(data.length / 3, 3, (i, j) => {
            const [x, y, z] = data.slice(3 * i, 3 * i + 3);
            return shift + [cosine * x - sine * y, sine * x + cosine * y, z][j];
          });
        const value = await distance({ real: moved(one), generated: moved(other) });
        expect(value).toBeCloseTo(expected, 9);
      },
    );
    await fc.assert(property, { numRuns: 20 });
  });

  it('says how many samples there were too few, and what the features are', async () => {
    const protocol = { extractor: 'test', layer: 64 };
    const real = {
      ...draw({ seed: 1, n: 5, d: 8, scale: 1, shift: 0 }),
      protocol: { ...protocol, split: 'train' },
    };
    const generated = { ...normal(1, 20, 8), protocol };
    const result = await frechetDistance({ real, generated }, run);
    expect(result.warnings).toEqual([
      expect.stringContaining('5 real samples give a covariance of rank 4 at most'),
    ]);
    expect(result.samples).toEqual({ real: 5, generated: 20 });
    expect(result.protocol).toEqual({
      metric: 'frechet-distance',
      ddof: 1,
      features: { extractor: 'test', layer: 64, dimension: 8 },
      realSplit: 'train',
    });
    expect(result.meanTerm + result.covarianceTerm).toBe(result.value);
  });

  it('tells negative eigenvalues: a little as a warning, more as an error', async () => {
    const real = diagonalStatistics([0, 0, 0], [1, 1, 1]);
    const generated = diagonalStatistics([0, 0, 0], [1, 1, -1e-6]);
    const result = await frechetDistance({ real, generated }, run);
    expect(result.warnings).toEqual([expect.stringContaining('negative eigenvalues of share')]);
    expect(result.value).toBeCloseTo(1, 5);
    for (const sets of [
      { real, generated: diagonalStatistics([0, 0, 0], [1, 1, -0.5]) },
      { real: diagonalStatistics([0, 0, 0], [1, 1, -0.5]), generated: real },
    ]) {
      const error = await frechetDistance(sets, run).catch((caught: unknown) => caught);
      expect(isGanError(error, 'OPTION_INVALID')).toBe(true);
      const guilty = sets.real === real ? 'generated' : 'real';
      expect((error as Error).message).toContain(`covariance of the ${guilty} statistics has negative`);
    }
  });

  it('names what is wrong', async () => {
    const real = normal(1, 10, 3);
    const fails = async (generated: Features) => frechetDistance({ real, generated }, run);
    await expect(fails(normal(1, 10, 4))).rejects.toThrow('real features have 3 numbers, generated ones 4');
    await expect(fails({ data: new Float32Array(7), dimension: 3 })).rejects.toThrow(
      '7 numbers are not a whole',
    );
    await expect(fails({ data: new Float32Array(0), dimension: 3 })).rejects.toThrow(
      'needs 2 samples or more, got 0',
    );
    const bad = normal(1, 10, 3).data.slice();
    bad[4] = NaN;
    await expect(fails({ data: bad, dimension: 3 })).rejects.toThrow('feature 1 of sample 1 is NaN');
    await expect(frechetDistance({ real, generated: real }, { ...run, ddof: 2 as never })).rejects.toThrow(
      'must be 0 or 1',
    );
    const made = (extractor: string) => ({ ...real, protocol: { extractor } });
    await expect(frechetDistance({ real: made('a'), generated: made('b') }, run)).rejects.toThrow(
      'made in different ways (extractor: "a" and "b")',
    );
  });

  it('tells its progress and stops when asked to', async () => {
    const sets = { real: normal(1, 3000, 40), generated: normal(2, 3000, 40) };
    const progress: number[] = [];
    await frechetDistance(sets, { ...run, onProgress: (done) => progress.push(done) });
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    const controller = new AbortController();
    const stopped = frechetDistance(sets, {
      ...run,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
  });
});

describe('features of any size', () => {
  it.each([1e-150, 1e-60, 1e60, 1e150])('are measured at %s: d(c x, c y) = c² d(x, y)', async (size) => {
    const sets = { real: normal(1, 60, 5), generated: normal(2, 70, 5, 1.3, 0.2) };
    const grown = (set: Features): Features => ({
      ...set,
      data: Float64Array.from(set.data, (value) => value * size),
    });
    const expected = (await frechetDistance(sets)).value;
    const large = await frechetDistance({ real: grown(sets.real), generated: grown(sets.generated) });
    expect(large.value / size / size / expected).toBeCloseTo(1, 9);
  });

  it('are refused by name where their squares overflow', async () => {
    const huge = (set: Features): Features => ({
      ...set,
      data: Float64Array.from(set.data, (value) => value * 1e160),
    });
    const distance = frechetDistance({ real: huge(normal(1, 60, 5)), generated: huge(normal(2, 70, 5)) });
    await expect(distance).rejects.toThrow('compute the statistics again, from finite features below 1e150');
  });
});

it('refuses a covariance that is not symmetric', async () => {
  const statistics = (above: number, below: number): FeatureStatistics => ({
    dimension: 2,
    mean: Float64Array.of(0, 0),
    covariance: Float64Array.of(2, above, below, 1),
    ddof: 1,
  });
  const right = statistics(0.5, 0.5);
  await expect(frechetDistance({ real: right, generated: statistics(0.5, 0.2) })).rejects.toThrow(
    'sigma[1, 0] is 0.2 and sigma[0, 1] is 0.5; a covariance is symmetric',
  );
  // What float32 rounds is let through.
  const rounded = statistics(Math.fround(0.1), 0.1);
  expect((await frechetDistance({ real: rounded, generated: rounded })).value).toBeCloseTo(0, 6);
});

describe('FeatureMoments', () => {
  it('gives the mean and covariance of three flat pictures (pytorch-fid, test_fid_score.py)', async () => {
    const moments = new FeatureMoments(5);
    await moments.update(features(3, 5, (i) => i / 2));
    const { mean, covariance } = await moments.statistics();
    expect([...mean]).toEqual(new Array(5).fill(0.5));
    expect([...covariance]).toEqual(new Array(25).fill(0.25));
  });

  it('does not depend on batches, and merges', async () => {
    const all = normal(3, 2500, 6, 1, 1000);
    const cut = (from: number, to: number) => ({ ...all, data: all.data.slice(6 * from, 6 * to) });
    const whole = new FeatureMoments(6);
    await whole.update(all);
    const expected = await whole.statistics();
    const property = fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 2500 }), { maxLength: 8 }),
      async (cuts) => {
        const ends = [0, ...cuts.sort((a, b) => a - b), 2500];
        const stream = new FeatureMoments(6);
        const merged = new FeatureMoments(6);
        for (let i = 1; i < ends.length; i++) {
          const piece = new FeatureMoments(6);
          await stream.update(cut(ends[i - 1], ends[i]));
          await piece.update(cut(ends[i - 1], ends[i]));
          await merged.merge(piece);
        }
        expect(await stream.statistics()).toEqual(expected);
        const { mean, covariance, count } = await merged.statistics();
        expect(count).toBe(2500);
        mean.forEach((value, i) => expect(value).toBeCloseTo(expected.mean[i], 10));
        covariance.forEach((value, i) => expect(value).toBeCloseTo(expected.covariance[i], 10));
      },
    );
    await fc.assert(property, { numRuns: 20 });
  });

  it('keeps its digits beside a large mean', async () => {
    const moments = new FeatureMoments(1);
    await moments.update(features(4000, 1, (i) => 1e9 + (i % 2)));
    expect((await moments.statistics({ ddof: 0 })).covariance[0]).toBe(0.25);
  });

  it('gives the covariance of more features than one part holds', async () => {
    const dimension = 700;
    const set = normal(5, 9, dimension);
    const moments = new FeatureMoments(dimension);
    await moments.update(set);
    const { covariance, mean } = await moments.statistics();
    for (const [i, j] of [
      [0, 0],
      [3, 699],
      [699, 3],
      [512, 511],
      [650, 651],
    ]) {
      let sum = 0;
      for (let s = 0; s < 9; s++) {
        sum += (set.data[s * dimension + i] - mean[i]) * (set.data[s * dimension + j] - mean[j]);
      }
      expect(covariance[i * dimension + j]).toBeCloseTo(sum / 8, 12);
    }
  });
});
