import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { installSecondOrderGradients } from '../index.js';

test('quick', () => {
  installSecondOrderGradients();
  tf.tidy(() => {
    const w = tf.tensor2d([[0.3, -0.2], [0.5, 0.7]]);
    const x = tf.tensor2d([[0.3, 0.4]]);
    const p = (w: tf.Tensor2D) => tf.sum(tf.square(tf.grad((x: tf.Tensor) => tf.sum(tf.tanh(tf.matMul(x as tf.Tensor2D, w))))(x)));
    const g = tf.grad((w) => p(w as tf.Tensor2D))(w).dataSync();
    console.log(g);
    const h = 1e-2;
    for (let i = 0; i < 4; i++) {
      const d = [0,0,0,0]; d[i] = h;
      const wp = tf.add(w, tf.tensor2d(d, [2,2])) as tf.Tensor2D, wm = tf.sub(w, tf.tensor2d(d, [2,2])) as tf.Tensor2D;
      console.log((p(wp).dataSync()[0]! - p(wm).dataSync()[0]!) / 2 / h);
    }
  });
  expect(1).toBe(1);
});
