import { RandomStream } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import type { Features } from '../feature-matrix.js';
import { fScores, histogramCurve, largestF } from './histogram-curve.js';
import { kMeans } from './k-means.js';
import { precisionRecallCurve } from './precision-recall-curve.js';
import { ownEngine } from '../../linear-algebra/index.js';

const run = { engine: ownEngine() };

/** The cases of compare_gan's prd_score_test.py. */
describe('histogramCurve', () => {
  it('is 0 without overlap', () => {
    const { precision, recall } = histogramCurve([0, 1], [1, 0]);
    for (const value of [...precision, ...recall]) expect(value).toBeCloseTo(0, 7);
  });

  it.each([
    [[1, 0], [1, 0], { p5: 1, r5: 1 }],
    [[0.5, 0.5], [1, 0], { p5: 0.5, r5: 0.5, p10: 0.5, r1: 1 }],
    [[1, 0], [0.5, 0.5], { p5: 0.5, r5: 0.5, r1: 0.5, p10: 1 }],
    [[20, 20], [3, 0], { p5: 0.5, r5: 0.5, p10: 0.5, r1: 1 }],
  ])('of %j against %j', (generated, real, expected) => {
    const { precision, recall } = histogramCurve(generated, real, 11);
    const actual = { p5: precision[5], r5: recall[5], p10: precision[10], r1: recall[1] };
    for (const [key, value] of Object.entries(expected)) {
      expect(actual[key as keyof typeof actual], key).toBeCloseTo(value, 7);
    }
  });

  it.each([0, 1, -1, 1e6 + 1, 2.5])('refuses %d angles', (angles) => {
    expect(() => histogramCurve([1], [1], angles)).toThrow('from 3 to 1000000');
  });

  it('refuses histograms over other bins', () => {
    expect(() => histogramCurve([1, 2], [1, 2, 3])).toThrow('generated histogram has 2 bins, the real one 3');
    expect(() => histogramCurve([1, 2, 3], [1, 2])).toThrow('generated histogram has 3 bins, the real one 2');
  });

  it('refuses an empty histogram', () => {
    expect(() => histogramCurve([0, 0], [1, 0])).toThrow('the generated histogram is empty');
  });
});

describe('fScores', () => {
  const curve = {
    precision: Float64Array.of(1, 1, 0, 0, 0.5, 1, 0.5),
    recall: Float64Array.of(1, 0, 1, 0, 0.5, 0.5, 1),
  };

  it.each([
    [1, [1, 0, 0, 0, 0.5, 2 / 3, 2 / 3]],
    [2, [1, 0, 0, 0, 0.5, 5 / 9, 5 / 6]],
    [1 / 2, [1, 0, 0, 0, 0.5, 5 / 6, 5 / 9]],
  ])('of beta %d', (beta, expected) => {
    fScores(curve, beta).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 7));
    expect(largestF(curve, beta)).toBeCloseTo(1, 7);
  });

  it.each([0, -3])('refuses a beta of %d', (beta) => {
    expect(() => fScores(curve, beta)).toThrow('beta must be above 0');
  });
});

const blobs = (seed: number, centres: readonly (readonly number[])[], each: number): Features => {
  const dimension = centres[0].length;
  const noise = RandomStream.fromSeed(seed).normal(centres.length * each * dimension);
  const data = noise.map(
    (value, at) => 0.05 * value + centres[Math.floor(at / dimension) % centres.length][at % dimension],
  );
  return { data, dimension };
};

describe('kMeans', () => {
  it('finds clusters that are far apart', async () => {
    const centres = [
      [0, 0],
      [5, 0],
      [0, 5],
      [5, 5],
    ];
    const streams = [RandomStream.fromSeed(3)];
    const [labels] = await kMeans(blobs(1, centres, 50), { clusters: 4, iterations: 50, streams }, run);
    const ofBlob = [0, 1, 2, 3].map((blob) => new Set(labels.filter((_, i) => i % 4 === blob)));
    for (const set of ofBlob) expect(set.size).toBe(1);
    expect(new Set(ofBlob.flatMap((set) => [...set])).size).toBe(4);
  });

  it('clusters samples that are all alike', async () => {
    const alike = { data: new Float32Array(12), dimension: 2 };
    const streams = [RandomStream.fromSeed(1)];
    const [labels] = await kMeans(alike, { clusters: 3, iterations: 10, streams }, run);
    expect(new Set(labels).size).toBe(1);
  });

  it('ends where each sample is nearest to the mean of its own cluster, whatever other clusterings do', async () => {
    // Spread evenly: samples change their clusters for several steps.
    const features = { data: RandomStream.fromSeed(5).uniform(2 * 1500), dimension: 2 };
    const streams = () => [1, 2, 3].map((seed) => RandomStream.fromSeed(seed));
    const together = await kMeans(features, { clusters: 7, iterations: 500, streams: streams() }, run);
    for (const [c, stream] of streams().entries()) {
      const labels = together[c];
      const [alone] = await kMeans(features, { clusters: 7, iterations: 500, streams: [stream] }, run);
      expect(labels).toEqual(alone);
      const means = Array.from({ length: 7 }, (_, cluster) => {
        const members = Array.from(labels.keys()).filter((i) => labels[i] === cluster);
        expect(members.length).toBeGreaterThan(0);
        return [0, 1].map(
          (k) => members.reduce((sum, i) => sum + features.data[2 * i + k], 0) / members.length,
        );
      });
      for (const [i, label] of labels.entries()) {
        const square = ([x, y]: number[]) =>
          (features.data[2 * i] - x) ** 2 + (features.data[2 * i + 1] - y) ** 2;
        expect(square(means[label])).toBeLessThanOrEqual(Math.min(...means.map(square)) + 1e-12);
      }
    }
    expect(together[0]).not.toEqual(together[1]);
  });
});

describe('precisionRecallCurve', () => {
  const centres = [
    [0, 0],
    [5, 0],
    [0, 5],
    [5, 5],
  ];
  const options = { ...run, clusters: 4, runs: 3, angles: 101 };

  it('tells dropped modes from invented ones', async () => {
    const all = blobs(1, centres, 50);
    const half = blobs(2, centres.slice(0, 2), 100);
    const f = async (real: Features, generated: Features) =>
      (await precisionRecallCurve({ real, generated }, options)).results.map(({ value }) => value);
    for (const value of await f(all, blobs(3, centres, 50))) expect(value).toBeCloseTo(1, 6);
    // All that is generated is real, half of what is real is generated: F8 of a point (p, r) of the curve
    // min(s / 2, 1 / 2) * 2, min(1 / s, 1) / 2 peaks at s = 2, where p = 1 and r = 1 / 2.
    const beta2 = 64;
    const [recallWeighted, precisionWeighted] = await f(all, half);
    expect(precisionWeighted).toBeCloseTo(((1 + 1 / beta2) * 0.5) / (1 / beta2 + 0.5), 2);
    expect(recallWeighted).toBeLessThan(0.6);
    const [back, forth] = await f(half, all);
    expect(back).toBeCloseTo(precisionWeighted, 2);
    expect(forth).toBeCloseTo(recallWeighted, 2);
  });

  it('is the same of features that lie far from 0', async () => {
    const moved = ({ data, dimension }: Features, by: number): Features => ({
      data: Float64Array.from(data, (value) => value + by),
      dimension,
    });
    const [real, generated] = [blobs(1, centres, 51), blobs(2, centres.slice(0, 3), 68)];
    const f = async (by: number) => {
      const sets = { real: moved(real, by), generated: moved(generated, by) };
      return (await precisionRecallCurve(sets, options)).results.map(({ value }) => value);
    };
    const expected = await f(0);
    for (const [i, value] of (await f(1e9)).entries()) expect(value).toBeCloseTo(expected[i], 6);
  });

  it('is the same of features whose squares are no float64 numbers', async () => {
    const scaled = ({ data, dimension }: Features, by: number): Features => ({
      data: Float64Array.from(data, (value) => value * by),
      dimension,
    });
    const [real, generated] = [blobs(1, centres, 51), blobs(2, centres.slice(0, 3), 68)];
    const f = async (by: number) => {
      const sets = { real: scaled(real, by), generated: scaled(generated, by) };
      return (await precisionRecallCurve(sets, options)).results.map(({ value }) => value);
    };
    const expected = await f(1);
    expect(await f(2 ** 600)).toEqual(expected);
    expect(await f(2 ** -600)).toEqual(expected);
  });

  it('refuses unequal counts and too many clusters', async () => {
    const [few, many] = [blobs(1, centres, 1), blobs(1, centres, 2)];
    await expect(precisionRecallCurve({ real: many, generated: few }, options)).rejects.toThrow(
      'equally many',
    );
    const tooMany = precisionRecallCurve({ real: few, generated: few }, { ...options, clusters: 9 });
    await expect(tooMany).rejects.toThrow('8 samples cannot make 9 clusters');
  });
});
