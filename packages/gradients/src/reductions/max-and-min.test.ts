import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '../index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

test('entries that tie share the gradient', () => {
  tf.tidy(() => {
    const x = tf.tensor2d([
      [1, 3, 3],
      [2, 2, 2],
    ]);
    expect(
      Array.from(
        tf
          .grad((input: tf.Tensor) => tf.max(input, 1))(x)
          .dataSync(),
      ),
    ).toEqual([0, 0.5, 0.5, 1 / 3, 1 / 3, 1 / 3].map(Math.fround));
    expect(
      Array.from(
        tf
          .grad((input: tf.Tensor) => tf.min(input, 1))(x)
          .dataSync(),
      ),
    ).toEqual([1, 0, 0, 1 / 3, 1 / 3, 1 / 3].map(Math.fround));
  });
});

test('every form of axis and kept dimensions', () => {
  tf.tidy(() => {
    const x = tf.tensor3d([1, 8, 3, 4, 5, 6, 7, 2], [2, 2, 2]);
    const positions = (f: (input: tf.Tensor) => tf.Tensor) => Array.from(tf.grad(f)(x).dataSync());
    expect(positions((input) => tf.max(input))).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
    expect(positions((input) => tf.max(input, [0, 2], true))).toEqual([0, 1, 0, 0, 0, 0, 1, 0]);
    expect(positions((input) => tf.min(input, -1))).toEqual([1, 0, 1, 0, 1, 0, 0, 1]);
  });
});
