import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { squaredGradient } from './squared-gradient.js';

it('squaredGradient is a closed form for a linear discriminator of images', () => {
  const weights = [0.5, -1, 2, 0.25];
  const value = tf.tidy(() => {
    const kernel = tf.tensor2d(weights, [4, 1]);
    const discriminate = (x: tf.Tensor) => tf.matMul(tf.reshape(x, [-1, 4]), kernel);
    return squaredGradient({ discriminate, samples: tf.ones([3, 2, 2, 1]) }).dataSync()[0];
  });
  expect(value).toBeCloseTo(
    weights.reduce((sum, w) => sum + w * w, 0),
    6,
  );
});

it('squaredGradient and its own gradient are closed forms for D(x) = tanh(w x), sample by sample', () => {
  const points = [0.3, -1.2, 0.8];
  const w = 0.7;
  // g = w (1 - t^2), dg/dw = (1 - t^2) (1 - 2 w x t), with t = tanh(w x)
  const parts = points.map((x) => {
    const t = Math.tanh(w * x);
    const g = w * (1 - t * t);
    return { value: g * g, slope: 2 * g * (1 - t * t) * (1 - 2 * w * x * t) };
  });
  const mean = (key: 'value' | 'slope') => parts.reduce((sum, part) => sum + part[key], 0) / 3;
  const [value, slope] = tf.tidy(() => {
    const penalty = (scale: tf.Tensor) =>
      squaredGradient({
        discriminate: (x) => tf.tanh(tf.mul(scale, x)),
        samples: tf.tensor2d(points, [3, 1]),
      });
    return [penalty(tf.scalar(w)), tf.grad(penalty)(tf.scalar(w))].map((tensor) => tensor.dataSync()[0]);
  });
  expect(value).toBeCloseTo(mean('value'), 5);
  expect(slope).toBeCloseTo(mean('slope'), 5);
});
