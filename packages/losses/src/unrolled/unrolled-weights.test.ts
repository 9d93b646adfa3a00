import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { unrolledWeights } from './unrolled-weights.js';

/* loss(w) = mean over i of softplus(-w1 x_i) + softplus(w1 tanh(w2 g_i)), with g the generated samples. */
const real = [0.8, -0.3, 1.4];
const start = [0.6, -0.9];
const options = { steps: 3, learningRate: 0.05, beta1: 0.5, beta2: 0.9 };
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The weights after the updates in float64, gradients by hand. */
function reference(fake: readonly number[]): number[] {
  let [w1, w2] = start;
  const [m, v] = [
    [0, 0],
    [0, 0],
  ];
  for (let t = 1; t <= options.steps; t++) {
    const gradient = [0, 0];
    real.forEach((x, i) => {
      const inner = Math.tanh(w2 * fake[i]);
      const slope = sigmoid(w1 * inner);
      gradient[0] += (-x * sigmoid(-w1 * x) + slope * inner) / real.length;
      gradient[1] += (slope * w1 * (1 - inner ** 2) * fake[i]) / real.length;
    });
    const rate = (options.learningRate * Math.sqrt(1 - options.beta2 ** t)) / (1 - options.beta1 ** t);
    const updates = gradient.map((g, k) => {
      m[k] = options.beta1 * m[k] + (1 - options.beta1) * g;
      v[k] = options.beta2 * v[k] + (1 - options.beta2) * g * g;
      return (rate * m[k]) / (Math.sqrt(v[k]) + 1e-8);
    });
    w1 -= updates[0];
    w2 -= updates[1];
  }
  return [w1, w2];
}

const unroll = (fake: tf.Tensor): tf.Tensor[] =>
  unrolledWeights(
    {
      loss: ([w1, w2]) =>
        tf.add<tf.Scalar>(
          tf.mean(tf.softplus(tf.neg(tf.mul(w1, tf.tensor1d(real))))),
          tf.mean(tf.softplus(tf.mul(w1, tf.tanh(tf.mul(w2, fake))))),
        ),
      weights: start.map((value) => tf.scalar(value)),
    },
    options,
  );

describe('unrolledWeights', () => {
  const fake = [0.5, -0.7, 0.2];

  it('are those of Adam in float64', () => {
    const actual = tf.tidy(() => unroll(tf.tensor1d(fake)).map((weight) => weight.dataSync()[0]));
    reference(fake).forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5));
  });

  it('have the gradient by generated samples that central differences through the updates give', () => {
    const h = 1e-5;
    for (const index of [0, 1]) {
      const wanted = fake.map(
        (value, i) =>
          (reference(fake.with(i, value + h))[index] - reference(fake.with(i, value - h))[index]) / (2 * h),
      );
      const actual = tf.tidy(() => [
        ...tf
          .grad((x) => unroll(x)[index])(tf.tensor1d(fake))
          .dataSync(),
      ]);
      const largest = Math.max(...wanted.map(Math.abs));
      expect(largest).toBeGreaterThan(1e-4);
      wanted.forEach((value, i) => expect(Math.abs(actual[i] - value) / largest).toBeLessThan(2e-3));
    }
  });

  it('are where they start after no step, and refuse half a step', () => {
    tf.tidy(() => {
      const given = { loss: () => tf.scalar(0), weights: [tf.scalar(3)] };
      expect(unrolledWeights(given, { ...options, steps: 0 })[0].dataSync()[0]).toBe(3);
      expect(() => unrolledWeights(given, { ...options, steps: 0.5 })).toThrow('a whole number of 0 or more');
    });
  });

  it('name an operation in the loss whose second-order gradient nobody proved', () => {
    const own = tf.customGrad((x) => ({
      value: tf.square(x as tf.Tensor),
      gradFunc: (dy: tf.Tensor | tf.Tensor[]) => tf.mul(dy as tf.Tensor, 2),
    }));
    const loss = ([w]: readonly tf.Tensor[]) => tf.sum<tf.Scalar>(own(w));
    // Looked through, the gradient of the loss is differentiated again.
    const look = (start: tf.Tensor) => tf.sum(unrolledWeights({ loss, weights: [start] }, options)[0]);
    tf.tidy(() => {
      expect(() => tf.grad(look)(tf.tensor1d([0.5]))).toThrow(/tf\.customGrad is used inside a gradient/);
    });
    // TensorFlow.js leaves what its tape had kept.
    for (const { outputs, saved } of tf.engine().state.activeTape ?? []) tf.dispose([outputs, saved ?? []]);
  });
});
