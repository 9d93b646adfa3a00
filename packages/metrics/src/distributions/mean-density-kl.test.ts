import { RandomStream, type SampleBatch } from '@dist-gan/core';
import { describeMetric } from '@dist-gan/testing/metric';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanDensityKl, type MeanDensityKlOptions } from './mean-density-kl.js';

const batch = (values: ArrayLike<number>, length = 1): SampleBatch => ({
  data: Float32Array.from(values),
  count: values.length / length,
  sampleShape: [length],
});

function measure(real: SampleBatch, generated: SampleBatch, options?: MeanDensityKlOptions): number {
  const metric = meanDensityKl(options);
  metric.updateReal(real);
  metric.update(generated);
  return metric.results()[0].value;
}

const epsilon = 1e-8;
/** A share after smoothing over `bins` bins. */
const smooth = (share: number, bins: number) => (share + epsilon) / (1 + bins * epsilon);

describeMetric('mean-density-kl', {
  create: () => {
    const metric = meanDensityKl({ bins: 2 });
    metric.updateReal(batch([0, 0, 0, 1, 1, 1, 0, 0], 2));
    return metric;
  },
  // Means 0, 0.5, 1, 1: the upper of two bins starts at 0.5. Real means are 0, 0.5, 1, 0.
  samples: batch([0, 0, 0.25, 0.75, 1, 1, 1, 1], 2),
  ids: ['mean-density-kl'],
  expected: {
    'mean-density-kl':
      smooth(0.5, 2) * Math.log(smooth(0.5, 2) / smooth(0.25, 2)) +
      smooth(0.5, 2) * Math.log(smooth(0.5, 2) / smooth(0.75, 2)),
  },
});

describe('meanDensityKl', () => {
  it('is finite and known when the densities do not touch', () => {
    // All real means in the first of 100 bins, all generated ones in the last.
    const [full, empty] = [smooth(1, 100), smooth(0, 100)];
    const expected = full * Math.log(full / empty) + empty * Math.log(empty / full);
    expect(measure(batch([0, 0]), batch([1, 1, 1]))).toBeCloseTo(expected, 12);
  });

  it('is KL(real || generated), not the other way round', () => {
    const [real, generated] = [batch([0, 1, 1, 1]), batch([0, 1])];
    const value = measure(real, generated, { bins: 2 });
    expect(value).toBeCloseTo(0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), 7);
  });

  it('is zero on equal sets and never negative', () => {
    const values = fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(Math.abs(measure(batch(one), batch(one)))).toBeLessThan(1e-14);
        expect(measure(batch(one), batch(other))).toBeGreaterThan(-1e-14);
      }),
    );
  });

  it('does not change under the scale of the samples', () => {
    const stream = RandomStream.fromSeed(4);
    const [real, generated] = [stream.normal(3000), stream.normal(3000, { mean: 0.5 })];
    const scaled = measure(batch(real.map((x) => 4 * x)), batch(generated.map((x) => 4 * x)));
    expect(scaled).toBeCloseTo(measure(batch(real), batch(generated)), 12);
  });

  it('has the expected size for two samples of one distribution, and the known one for two', () => {
    const stream = RandomStream.fromSeed(2);
    const count = 200_000;
    // Uniform: no empty bins. 2 / (1/n + 1/m) KL is nearly chi-square with bins - 1 degrees of freedom.
    const same = measure(batch(stream.uniform(count)), batch(stream.uniform(count)), { bins: 20 });
    expect(Math.abs(same * count - 19)).toBeLessThan(5 * Math.sqrt(2 * 19));
    // Densities 2x and 1 on [0, 1]: KL = ln 2 - 1/2, less what 100 bins cannot see (about 1e-4).
    const triangular = stream.uniform(count).map(Math.sqrt);
    const different = measure(batch(triangular), batch(stream.uniform(count)));
    expect(Math.abs(different - (Math.LN2 - 0.5))).toBeLessThan(0.005);
  });

  it('merges, keeping real and generated samples apart', () => {
    const stream = RandomStream.fromSeed(3);
    const [real, generated] = [stream.normal(500), stream.normal(400, { mean: 1 })];
    const [left, right] = [meanDensityKl(), meanDensityKl()];
    left.updateReal(batch(real.subarray(0, 100)));
    left.update(batch(generated.subarray(0, 300)));
    right.updateReal(batch(real.subarray(100)));
    right.update(batch(generated.subarray(300)));
    left.merge(right);
    expect(left.results()[0].value).toBe(measure(batch(real), batch(generated)));
    expect(left.results()[0].samples).toEqual({ real: 500, generated: 400 });
    expect(() => left.merge(meanDensityKl({ bins: 3 }))).toThrow('same options');
  });

  it('puts everything into one bin when all means are equal', () => {
    expect(measure(batch([2, 2]), batch([2]))).toBeCloseTo(0, 15);
  });

  it('refuses what it cannot measure', () => {
    const metric = meanDensityKl();
    expect(() => metric.updateReal(batch([0, Infinity]))).toThrow(
      'value 0 of sample 1 of the batch is Infinity',
    );
    metric.update(batch([1]));
    expect(() => metric.results()).toThrow('no real samples were seen');
    expect(() => meanDensityKl({ bins: 0 })).toThrow('mean-density-kl.bins: must be 1 or more');
    expect(() => meanDensityKl({ epsilon: 0 })).toThrow('mean-density-kl.epsilon: must be above 0');
    expect(() => meanDensityKl({ bin: 3 } as never)).toThrow('did you mean bins?');
  });
});
