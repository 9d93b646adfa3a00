import { secondOrderGradientsInstalled } from '@dist-gan/gradients';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { gradientPenalty, wassersteinDiscriminatorLoss } from './index.js';

test('a critic may run before its own penalty, with nothing called first', () => {
  expect(secondOrderGradientsInstalled()).toBe(true);
  // D(x) = tanh(w x) at one point: D' = w (1 - t^2), and d/dw (D' - 1)^2 = 2 (D' - 1) (1 - t^2) (1 - 2 w x t).
  const [w, x] = [0.8, 0.6];
  const t = Math.tanh(w * x);
  const slope = w * (1 - t * t);
  const wanted = 2 * (slope - 1) * (1 - t * t) * (1 - 2 * w * x * t);
  const actual = tf.tidy(() => {
    const samples = tf.tensor2d([[x]]);
    const loss = (weight: tf.Tensor) => {
      const discriminate = (points: tf.Tensor) => tf.tanh(tf.mul(points, weight));
      const logits = discriminate(samples);
      const adversarial = wassersteinDiscriminatorLoss({ realLogits: logits, fakeLogits: logits }); // 0
      return tf.add(adversarial, gradientPenalty({ discriminate, samples }, { norm: 'l2' }));
    };
    return tf.grad(loss)(tf.scalar(w)).dataSync()[0];
  });
  expect(actual).toBeCloseTo(wanted, 5);
});
