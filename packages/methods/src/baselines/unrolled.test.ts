import type { PhaseContext } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { withoutOtherNetworks } from '../../test/contexts.js';
import { unrolled } from './unrolled.js';

/* One number a sample: G is the identity, D(x) = w x. */
const real = [1, -0.5];
const latents = [0.75, 2];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

it('the generator maximises the loss after the unrolled updates, which a float64 Adam makes alike', () => {
  const options = { unrolledSteps: 4, learningRate: 0.1, beta1: 0.5, beta2: 0.9 };
  const loss = (w: number) =>
    mean(real.map((x) => softplus(-w * x))) + mean(latents.map((x) => softplus(w * x)));
  let [w, m, v] = [0.8, 0, 0];
  for (let t = 1; t <= 4; t++) {
    const g = mean(real.map((x) => -x * sigmoid(-w * x))) + mean(latents.map((x) => x * sigmoid(w * x)));
    m = 0.5 * m + 0.5 * g;
    v = 0.9 * v + 0.1 * g * g;
    w -= (0.1 * Math.sqrt(1 - 0.9 ** t) * m) / (1 - 0.5 ** t) / (Math.sqrt(v) + 1e-8);
  }
  expect(Math.abs(loss(w) - loss(0.8))).toBeGreaterThan(0.1);

  const own = tf.tidy(() => tf.variable(tf.tensor2d([[0.8]])));
  let weight: tf.Tensor = own;
  const context: PhaseContext = {
    ...withoutOtherNetworks,
    inputs: {},
    variables: {},
    generate: (z) => ({ samples: z }),
    encode: (x) => x as tf.Tensor2D,
    discriminate: (x) => {
      const logits: tf.Tensor2D = tf.matMul(x as tf.Tensor2D, weight);
      return { logits, features: logits };
    },
    weights: () => [own],
    withWeights: (_, [given], compute) => {
      weight = given;
      try {
        return compute();
      } finally {
        weight = own;
      }
    },
  };
  const [discriminator, generator] = tf.tidy(() =>
    unrolled(options).phases.map((phase) => {
      const inputs = { real: tf.tensor2d(real, [2, 1]), latents: tf.tensor2d(latents, [2, 1]) };
      return phase.loss({ ...context, inputs }).total.dataSync()[0];
    }),
  );
  own.dispose();
  expect(discriminator).toBeCloseTo(loss(0.8), 5);
  expect(generator).toBeCloseTo(-loss(w), 4);
});
