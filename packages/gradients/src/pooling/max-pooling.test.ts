import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spread } from '../doctor/operation-check.js';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '../index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

function filled(shape: [number, number, number, number], offset = 0): tf.Tensor4D {
  return tf.tensor4d(Float32Array.from(spread(shape, -1, 1, offset).values), shape);
}

const cases = [1, 2, 3].flatMap((window) =>
  [1, 2].flatMap((stride) => (['valid', 'same'] as const).map((pad) => [window, stride, pad] as const)),
);

test.each(cases)(
  'reads where the backward kernel writes, also where maxima tie: window %i, stride %i, padding %s',
  (window, stride, pad) => {
    tf.tidy(() => {
      // Half of the entries are zero, as after a ReLU, so that most windows have ties.
      const x = tf.relu(filled([2, 5, 6, 2]));
      const output = tf.maxPool(x, window, stride, pad);
      const dy = filled(output.shape, 5);
      const v = filled(x.shape, 9);
      const backward = (upstream: tf.Tensor) =>
        tf.grad((input: tf.Tensor) => tf.maxPool(input as tf.Tensor4D, window, stride, pad))(x, upstream);
      const read = tf.grad(backward)(dy, v);
      const written = tf.sum(tf.mul(backward(dy), v)).dataSync()[0];
      expect(tf.sum(tf.mul(dy, read)).dataSync()[0]).toBeCloseTo(written, 5);
      expect(Math.abs(written)).toBeGreaterThan(0.01);
    });
  },
);

test('negative images do not see the padding', () => {
  tf.tidy(() => {
    const x = tf.tensor4d([-5, -3, -4, -2], [1, 2, 2, 1]);
    const backward = (upstream: tf.Tensor) =>
      tf.grad((input: tf.Tensor) => tf.maxPool(input as tf.Tensor4D, 3, 1, 'same'))(x, upstream);
    const read = tf.grad(backward)(tf.ones([1, 2, 2, 1]), tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]));
    expect(Array.from(read.dataSync())).toEqual([4, 4, 4, 4]);
  });
});
