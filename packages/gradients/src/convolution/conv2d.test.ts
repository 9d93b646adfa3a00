import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '../index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

test('a size that is rounded up: every row reaches the windows that see it', () => {
  tf.tidy(() => {
    // 6 x 6, window 3 x 3 of ones, stride 2, padding 1, "ceil": windows start at -1, 1, 3 and 5, so rows 1, 3 and 5
    // lie in two windows and the others in one.
    const filter = tf.ones<tf.Rank.R4>([3, 3, 1, 1]);
    const convolve = (x: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, filter, 2, 1, 'NHWC', 1, 'ceil');
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(convolve(x)))(tf.ones([1, 6, 6, 1]));
    const windows = [1, 2, 1, 2, 1, 2];
    expect([...gradient.dataSync()]).toEqual(windows.flatMap((row) => windows.map((column) => row * column)));
  });
});
