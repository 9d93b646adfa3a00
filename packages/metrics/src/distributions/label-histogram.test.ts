import { isGanError, type SampleBatch } from '@dist-gan/core';
import { describeMetric } from '@dist-gan/testing/metric';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lcg } from '../../../../tooling/test/lcg.js';
import { modeVectors } from '../../test/vectors.js';
import { labelHistogram, type LabelHistogram } from './label-histogram.js';

/** 100 a + 10 b + c for triples of digits drawn by the vectors' generator. */
function stackedLabels(seed: number, count: number): Uint16Array {
  const numbers = lcg(seed, 3 * count);
  const digit = (i: number) => Math.floor(10 * numbers[i]);
  return Uint16Array.from(
    { length: count },
    (_, i) => 100 * digit(3 * i) + 10 * digit(3 * i + 1) + digit(3 * i + 2),
  );
}

const valuesOf = (metric: LabelHistogram) =>
  Object.fromEntries(metric.results().map(({ id, value }) => [id, value]));

// The suite speaks of samples: here one number each, the label.
describeMetric('label-histogram', {
  create() {
    const metric = labelHistogram({ classes: 3 });
    const { id, protocol } = metric;
    const update = ({ data }: SampleBatch) => metric.update(data);
    return { id, protocol, update, results: () => metric.results() };
  },
  samples: { data: Float32Array.of(0, 1, 0, 2, 1, 0), count: 6, sampleShape: [1] },
  ids: [
    'modes-covered',
    'total-variation',
    'entropy',
    'kl-divergence',
    'reverse-kl-divergence',
    'jensen-shannon-divergence',
  ],
  // Shares 1/2, 1/3, 1/6.
  expected: {
    'modes-covered': 3,
    'total-variation': 1 / 6,
    entropy: Math.log(2) / 2 + Math.log(3) / 3 + Math.log(6) / 6,
    'kl-divergence': Math.log(3) - (Math.log(2) / 2 + Math.log(3) / 3 + Math.log(6) / 6),
    'reverse-kl-divergence': (Math.log(2 / 3) + Math.log(2)) / 3,
  },
});

describe('labelHistogram', () => {
  const vectors = modeVectors.stacked_mnist;

  it('gives the modes and KL of stacked MNIST against the uniform distribution', () => {
    const metric = labelHistogram({ classes: 1000 });
    metric.update(stackedLabels(13, 2600));
    const values = valuesOf(metric);
    expect(values['modes-covered']).toBe(vectors.modes);
    expect(values['kl-divergence']).toBeCloseTo(vectors.kl_generated_vs_uniform, 12);
    expect(values['reverse-kl-divergence']).toBe(Infinity);
  });

  it('gives its KL against the labels of a training set', () => {
    const reference = new Array<number>(1000).fill(1);
    for (const label of stackedLabels(17, 25_600)) reference[label]++;
    const metric = labelHistogram({ classes: 1000, reference });
    metric.update(stackedLabels(13, 2600));
    expect(valuesOf(metric)['kl-divergence']).toBeCloseTo(vectors.kl_generated_vs_empirical_train, 12);
    expect(metric.results()[3].protocol).toMatchObject({
      reference: 'given',
      definition: 'KL(generated || reference), natural logarithm',
    });
  });

  it('has its largest KL when all samples are of one class', () => {
    const metric = labelHistogram({ classes: 1000 });
    metric.update([42, 42, 42]);
    expect(valuesOf(metric)['kl-divergence']).toBeCloseTo(vectors.max_kl_one_mode, 12);
  });

  it('is near (K - 1) / (2 n) for a perfect generator', () => {
    const metric = labelHistogram({ classes: 1000 });
    metric.update(stackedLabels(5, 200_000));
    // 2 n KL is nearly chi-square with K - 1 degrees of freedom: standard deviation sqrt(2 (K - 1)).
    const statistic = 2 * 200_000 * valuesOf(metric)['kl-divergence'];
    expect(Math.abs(statistic - 999)).toBeLessThan(5 * Math.sqrt(2 * 999));
  });

  it('says why a divergence is infinite', () => {
    const metric = labelHistogram({ classes: 3 });
    metric.update([0, 1]);
    const reverse = metric.results().find(({ id }) => id === 'reverse-kl-divergence')!;
    expect(reverse.value).toBe(Infinity);
    expect(reverse.warnings).toEqual([
      expect.stringContaining('infinite: no generated sample is in a bin of the uniform distribution'),
    ]);
    const forward = labelHistogram({ classes: 3, reference: [1, 0, 1] });
    forward.update([1]);
    const kl = forward.results().find(({ id }) => id === 'kl-divergence')!;
    expect(kl.value).toBe(Infinity);
    expect(kl.warnings).toEqual([
      expect.stringContaining(
        'infinite: the reference distribution has nothing in a bin with generated samples',
      ),
    ]);
  });

  it('does not depend on order or batches, and merges', () => {
    const labels = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 60 });
    const property = fc.property(labels, fc.nat(), (all, at) => {
      const cut = 1 + (at % (all.length - 1));
      const whole = labelHistogram({ classes: 10 });
      whole.update(all);
      const reversed = labelHistogram({ classes: 10 });
      reversed.update(all.slice(cut).reverse());
      reversed.update(all.slice(0, cut).reverse());
      const [left, right] = [labelHistogram({ classes: 10 }), labelHistogram({ classes: 10 })];
      left.update(all.slice(0, cut));
      right.update(all.slice(cut));
      left.merge(right);
      expect(reversed.results()).toEqual(whole.results());
      expect(left.results()).toEqual(whole.results());
    });
    fc.assert(property);
  });

  it.each([
    [NaN, 'VALUE_NON_FINITE', 'label 1 of the batch is NaN'],
    [10, 'OPTION_INVALID', 'label 1 of the batch is 10, wanted a whole number from 0 to 9'],
    [-1, 'OPTION_INVALID', 'is -1'],
    [1.5, 'OPTION_INVALID', 'is 1.5'],
  ] as const)('refuses the label %d and counts nothing of its batch', (label, code, message) => {
    const metric = labelHistogram({ classes: 10 });
    let thrown: unknown;
    try {
      metric.update([3, label]);
    } catch (error) {
      thrown = error;
    }
    expect(isGanError(thrown, code)).toBe(true);
    expect((thrown as Error).message).toContain(message);
    expect([...metric.counts]).toEqual(new Array(10).fill(0));
    expect(() => metric.results()).toThrow('no generated samples were seen');
  });

  it('refuses bad options and histograms of another kind', () => {
    expect(() => labelHistogram({ classes: 0 })).toThrow(
      'label-histogram.classes: must be 1 or more (got 0)',
    );
    expect(() => labelHistogram({ classes: 3, reference: [1, 2] })).toThrow('wanted 3 counts');
    expect(() => labelHistogram({ classes: 2, reference: [0, 0] })).toThrow('not all 0');
    expect(() => labelHistogram({ classes: 3 }).merge(labelHistogram({ classes: 4 }))).toThrow(
      'same options',
    );
  });
});
