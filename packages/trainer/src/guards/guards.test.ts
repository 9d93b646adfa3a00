import { RandomStream } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../history/history.js';
import { areaUnderCurve } from './discriminator-saturation.js';
import {
  deadDiscriminator,
  discriminatorSaturation,
  earlyStop,
  makeGuard,
  metricFall,
  nonFinite,
  sampleVariance,
} from './index.js';
import { totalVariance } from './sample-variance.js';

const entries = (metric: string, values: readonly number[]): HistoryEntry[] =>
  values.map((value, i) => ({ step: 10 * (i + 1), metrics: { [metric]: value }, measurements: {} }));
const measured = (name: string, values: readonly number[]): HistoryEntry[] =>
  values.map((value, i) => ({ step: i + 1, metrics: {}, measurements: { [name]: value } }));

describe('metricFall', () => {
  const modes = metricFall({ metric: 'modes-covered', share: 0.6 });
  const fid = metricFall({ metric: 'fid', policy: 'stop' });

  it('speaks below a share of the best value, where higher is better', () => {
    expect(modes.afterEvaluation!(entries('modes-covered', [10, 25, 15]))).toBeUndefined();
    expect(modes.afterEvaluation!(entries('modes-covered', [10, 25, 14]))).toBe(
      'modes-covered is 14, and was 25 at step 20',
    );
    expect(modes.afterEvaluation!(entries('modes-covered', [10, 25, NaN]))).toBeDefined();
    expect(modes.afterEvaluation!(entries('modes-covered', [3]))).toBeUndefined();
    expect(modes.afterEvaluation!(entries('other', [25, 1]))).toBeUndefined();
  });

  it('speaks above the best value by that share, where lower is better', () => {
    expect(fid.afterEvaluation!(entries('fid', [80, 49, 98]))).toBeUndefined();
    expect(fid.afterEvaluation!(entries('fid', [80, 49, 137]))).toBe('fid is 137, and was 49 at step 20');
    expect(fid.afterEvaluation!(entries('fid', [49, Infinity]))).toBeDefined();
  });

  it('knows negative values', () => {
    const score = metricFall({ metric: 'score', better: 'higher', share: 0.5 });
    expect(score.afterEvaluation!(entries('score', [-4, -6]))).toBeUndefined();
    expect(score.afterEvaluation!(entries('score', [-4, -6.1]))).toBeDefined();
  });

  it('must know which way a metric improves', () => {
    expect(() => metricFall({ metric: 'loudness' })).toThrow(
      'say whether higher or lower values of loudness',
    );
    expect(metricFall({ metric: 'loudness', better: 'lower' }).options).toEqual({
      metric: 'loudness',
      better: 'lower',
      share: 0.5,
      policy: 'warn',
      restores: 3,
    });
  });
});

describe('earlyStop', () => {
  it('counts evaluations after the best one, of equals the first', () => {
    const guard = earlyStop({ metric: 'fid', patience: 2 });
    expect(guard.policy).toBe('stop');
    expect(guard.afterEvaluation!(entries('fid', [9, 5, 6]))).toBeUndefined();
    expect(guard.afterEvaluation!(entries('fid', [9, 5, 6, 5]))).toBe(
      'fid has not been better than 5, at step 20, for 2 evaluations',
    );
    expect(guard.afterEvaluation!(entries('fid', [9, 5, 6, 4]))).toBeUndefined();
    expect(guard.afterEvaluation!(entries('fid', [NaN, NaN, NaN]))).toBeUndefined();
  });
});

describe('sampleVariance', () => {
  it('compares sums of variances', async () => {
    // Coordinates 0, 2 and 1, 5: variances 1 and 4. Half as wide: a quarter of the variance.
    const real = { data: Float32Array.of(0, 1, 2, 5), count: 2, sampleShape: [2] };
    const samples = { data: Float32Array.of(0, 1, 1, 3), count: 2, sampleShape: [2] };
    expect(totalVariance(real)).toBe(5);
    const guard = sampleVariance({ below: 0.3, policy: 'restore' });
    const measurements = await guard.measure!({ step: 1, samples, results: [], real: async () => real });
    expect(measurements).toEqual({ 'sample-variance-ratio': 0.25 });
    expect(guard.afterEvaluation!(measured('sample-variance-ratio', [0.3]))).toBeUndefined();
    expect(guard.afterEvaluation!(measured('sample-variance-ratio', [0.25]))).toBe(
      "generated samples have 25.0 % of the data's variance, less than 30.0 %",
    );
    expect(guard.afterEvaluation!(measured('sample-variance-ratio', [NaN]))).toBeDefined();
  });

  it('loses no digit far from zero', () => {
    const values = RandomStream.fromSeed(1).normal(1000);
    const far = Float32Array.from(values, (value) => Math.fround(1e4 + value));
    const mean = far.reduce((sum, value) => sum + value, 0) / 1000;
    const wanted = far.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 1000;
    expect(totalVariance({ data: far, count: 1000, sampleShape: [1] })).toBeCloseTo(wanted, 8);
  });
});

describe('discriminatorSaturation', () => {
  it('measures the share of pairs that are told apart', () => {
    const random = RandomStream.fromSeed(2);
    for (let trial = 1; trial <= 100; trial++) {
      // Whole numbers from -5 to 4, so that many are equal.
      const draw = () => random.uniform(1 + (trial % 17), { low: -5, high: 5 }).map(Math.floor);
      const [positives, negatives] = [draw(), draw()];
      let pairs = 0;
      for (const p of positives) for (const n of negatives) pairs += p > n ? 1 : p === n ? 0.5 : 0;
      expect(areaUnderCurve(positives, negatives)).toBeCloseTo(
        pairs / (positives.length * negatives.length),
        12,
      );
    }
  });

  it('speaks after several evaluations in a row', async () => {
    const guard = discriminatorSaturation({ above: 0.9, evaluations: 2 });
    const of = (values: number[]) => guard.afterEvaluation!(measured('discriminator-advantage', values));
    expect(of([0.99])).toBeUndefined();
    expect(of([0.99, 0.5, 0.99])).toBeUndefined();
    expect(of([0.5, 0.99, 0.95])).toBe(
      'the discriminator ranks real above generated in 95.00 % of pairs, for 2 evaluations',
    );
    const samples = { data: new Float32Array(1), count: 1, sampleShape: [1] };
    await expect(
      (async () => guard.measure!({ step: 1, samples, results: [], real: async () => samples }))(),
    ).rejects.toThrow('has no discriminator that judges samples one by one');
  });
});

describe('deadDiscriminator', () => {
  const guard = deadDiscriminator();
  const samples = { data: Float32Array.of(1, 2), count: 2, sampleShape: [1] };
  const real = { data: Float32Array.of(3, 4), count: 2, sampleShape: [1] };
  const facts = { step: 1, samples, results: [], real: async () => real };
  const ofLogits = async (logit: (sample: number) => number) =>
    await guard.measure!({ ...facts, discriminate: async ({ data }) => data.map(logit) });
  const said = (measurements: Record<string, number>) =>
    guard.afterEvaluation!([{ step: 1, metrics: {}, measurements }]);

  it('measures the spread of logits over real and generated samples', async () => {
    // Logits 1 to 4, then -8 to -2 with the real ones lowest: (4 - 1) / 4 and (8 - 2) / 8.
    expect(await ofLogits((sample) => sample)).toEqual({ 'discriminator-spread': 0.75 });
    expect(await ofLogits((sample) => -2 * sample)).toEqual({ 'discriminator-spread': 0.75 });
    // Real and generated samples are told apart, whatever each of them gets.
    expect(await ofLogits((sample) => (sample > 2 ? 1 : -1))).toEqual({ 'discriminator-spread': 2 });
  });

  it('speaks when all are equal, to rounding', async () => {
    for (const constant of [0, 0.25, -1e6]) {
      const measured = await ofLogits(() => constant);
      expect(measured).toEqual({ 'discriminator-spread': 0 });
      expect(said(measured)).toContain('gives all samples, real and generated, the same score');
    }
    expect(said(await ofLogits((sample) => 1000 + sample * 1e-4))).toBeDefined();
    expect(said(await ofLogits((sample) => 1000 + sample))).toBeUndefined();
    expect(said(await ofLogits((sample) => sample * 1e-20))).toBeUndefined();
    expect(said(await ofLogits(() => NaN))).toBeUndefined();
  });

  it('says nothing where no discriminator judges samples one by one', async () => {
    expect(await guard.measure!(facts)).toEqual({});
    expect(said({})).toBeUndefined();
  });
});

describe('nonFinite', () => {
  it('names what is not finite', () => {
    const guard = nonFinite();
    const facts = { step: 1, losses: { 'generator/total': 1 }, weightSums: { 'weights/generator/0': 2 } };
    expect(guard.afterStep!(facts)).toBeUndefined();
    expect(guard.afterStep!({ ...facts, losses: { 'generator/total': NaN } })).toBe(
      'total of the phase generator is NaN',
    );
    expect(guard.afterStep!({ ...facts, weightSums: { 'weights/generator/0': -Infinity } })).toBe(
      'weights/generator/0 holds numbers that are not finite',
    );
  });
});

describe('makeGuard', () => {
  it('makes guards by id, and refuses what none has', () => {
    expect(makeGuard('early-stop', { metric: 'fid', patience: 3 }).id).toBe('early-stop');
    expect(() => makeGuard('early-stp')).toThrow('unknown guard "early-stp"; did you mean early-stop?');
    expect(() => makeGuard('metric-fall', { metric: 'fid', shar: 1 })).toThrow(
      'guards.metric-fall.shar is not an option; did you mean share?',
    );
    expect(() => makeGuard('early-stop', { metric: 'fid' })).toThrow(
      'guards.early-stop.patience is required',
    );
    expect(() => makeGuard('non-finite', { policy: 'warn' })).toThrow('must be stop or restore');
  });
});
