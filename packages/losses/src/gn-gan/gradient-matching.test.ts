import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientMatching, type GradientMatchingOptions } from './gradient-matching.js';

/* D(x) = sum_j output_j tanh(x . kernel_j + bias_j), its gradient and everything after written out in float64. */
const [inputs, units] = [3, 4];
const random = RandomStream.fromSeed(5);
const draw = (name: string, length: number): number[] => [...random.derive(name).normal(length)];
const kernel = draw('kernel', inputs * units);
const bias = draw('bias', units);
const output = draw('output', units);
const rows = (name: string, count: number): number[][] =>
  Array.from({ length: count }, (_, i) => draw(`${name} ${i}`, inputs));
const real = rows('real', 5);
const latents = rows('latents', 4);

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function slope(x: readonly number[], of: GradientMatchingOptions['of']): number[] {
  const before = bias.map((b, j) => x.reduce((sum, xi, i) => sum + xi * kernel[i * units + j], b));
  const logit = before.reduce((sum, value, j) => sum + output[j] * Math.tanh(value), 0);
  const outer = of === 'logit' ? 1 : sigmoid(logit) * (1 - sigmoid(logit));
  return x.map((_, i) =>
    before.reduce(
      (sum, value, j) => sum + outer * output[j] * (1 - Math.tanh(value) ** 2) * kernel[i * units + j],
      0,
    ),
  );
}

function reference(fake: readonly (readonly number[])[], options: GradientMatchingOptions): number {
  const { of = 'sigmoid', compare = 'gradients', gradientWeight = 1, productWeight = 1 } = options;
  const [first, second] = [real, fake].map((samples) => {
    const slopes = samples.map((x) => slope(x, of));
    return {
      gradient:
        compare === 'norms'
          ? [mean(slopes.map((g) => Math.hypot(...g)))]
          : slopes[0].map((_, i) => mean(slopes.map((g) => g[i]))),
      product: mean(slopes.map((g, k) => g.reduce((sum, gi, i) => sum + gi * samples[k][i], 0))),
    };
  });
  const difference = first.gradient.reduce((sum, g, i) => sum + (g - second.gradient[i]) ** 2, 0);
  return gradientWeight * difference + productWeight * (first.product - second.product) ** 2;
}

const discriminate = (x: tf.Tensor): tf.Tensor =>
  tf.matMul(
    tf.tanh(tf.add(tf.matMul(x, tf.tensor2d(kernel, [inputs, units])), tf.tensor1d(bias))),
    tf.tensor2d(output, [units, 1]),
  );

const cases: GradientMatchingOptions[] = [
  {},
  { of: 'logit', gradientWeight: 0.5, productWeight: 2 },
  { compare: 'norms' },
];

describe.each(cases)('gradientMatching %j', (options) => {
  it('equals a float64 derivation', () => {
    const { total, gradient, product } = tf.tidy(() => {
      const loss = gradientMatching(
        { discriminate, realSamples: tf.tensor2d(real), fakeSamples: tf.tensor2d(latents) },
        options,
      );
      return {
        total: loss.total.dataSync()[0],
        gradient: loss.terms.gradientDifference.dataSync()[0],
        product: loss.terms.productDifference.dataSync()[0],
      };
    });
    expect(total / reference(latents, options)).toBeCloseTo(1, 4);
    expect(gradient / reference(latents, { ...options, gradientWeight: 1, productWeight: 0 })).toBeCloseTo(
      1,
      4,
    );
    expect(product / reference(latents, { ...options, gradientWeight: 0, productWeight: 1 })).toBeCloseTo(
      1,
      4,
    );
  });

  it("has the generator's gradient that central differences in float64 give", () => {
    // G(z) = z * scale + shift
    const parameters = [1.2, 0.8, 1.1, 0.3, -0.2, 0.1];
    const at = (p: readonly number[]) =>
      reference(
        latents.map((z) => z.map((zi, i) => zi * p[i] + p[inputs + i])),
        options,
      );
    const h = 1e-5;
    const wanted = parameters.map(
      (value, i) => (at(parameters.with(i, value + h)) - at(parameters.with(i, value - h))) / (2 * h),
    );
    const actual = tf.tidy(() =>
      tf
        .grads(
          (scale: tf.Tensor, shift: tf.Tensor) =>
            gradientMatching(
              {
                discriminate,
                realSamples: tf.tensor2d(real),
                fakeSamples: tf.add(tf.mul(tf.tensor2d(latents), scale), shift),
              },
              options,
            ).total,
        )([tf.tensor1d(parameters.slice(0, inputs)), tf.tensor1d(parameters.slice(inputs))])
        .flatMap((gradient) => [...gradient.dataSync()]),
    );
    const largest = Math.max(...wanted.map(Math.abs));
    wanted.forEach((value, i) => expect(Math.abs(actual[i] - value) / largest).toBeLessThan(1e-4));
  });
});

describe('gradientMatching', () => {
  it('is a closed form for a linear critic: equal slopes, products of the means', () => {
    const [wanted, terms] = tf.tidy(() => {
      const weights = tf.tensor2d([[3], [-4]]);
      const loss = gradientMatching(
        {
          discriminate: (x) => tf.matMul(x, weights),
          realSamples: tf.tensor2d([
            [1, 0],
            [3, 1],
          ]),
          fakeSamples: tf.tensor2d([[1, 1]]),
        },
        { of: 'logit' },
      );
      // E[g . x] = 3 * 2 - 4 / 2 = 4 for real samples, 3 - 4 = -1 for the generated one.
      return [25, Object.values(loss.terms).map((term) => term.dataSync()[0])];
    });
    expect(terms).toEqual([0, wanted]);
  });

  it('has finite gradients for a flat discriminator, and leaves no tensors behind', () => {
    for (const compare of ['gradients', 'norms'] as const) {
      const gradient = tf.tidy(() =>
        tf
          .grad(
            (fakeSamples) =>
              gradientMatching(
                { discriminate: (x) => tf.mul(0, x), realSamples: tf.ones([2, 2]), fakeSamples },
                { compare },
              ).total,
          )(tf.ones([2, 2]))
          .dataSync(),
      );
      expect([...gradient].every(Number.isFinite)).toBe(true);
    }
    const samples = tf.ones([2, 2]);
    const before = tf.memory().numTensors;
    const loss = tf.tidy(() => {
      const { total, terms } = gradientMatching({
        discriminate: (x) => tf.sum(x, 1),
        realSamples: samples,
        fakeSamples: samples,
      });
      return [total, ...Object.values(terms)];
    });
    expect(tf.memory().numTensors - before).toBe(3);
    tf.dispose([samples, loss]);
  });

  it('refuses negative weights and unknown choices', () => {
    tf.tidy(() => {
      const samples = tf.ones([2, 2]);
      const given = { discriminate: (x: tf.Tensor) => x, realSamples: samples, fakeSamples: samples };
      expect(() => gradientMatching(given, { productWeight: -1 })).toThrow(
        'productWeight must be a number of 0 or more, got -1',
      );
      expect(() => gradientMatching(given, { of: 'score' as never })).toThrow(
        'of must be one of sigmoid, logit',
      );
    });
  });
});
