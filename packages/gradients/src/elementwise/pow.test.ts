import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '../index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

type Scalar = (x: tf.Tensor) => tf.Tensor;

const derivative =
  (f: Scalar): Scalar =>
  (x) =>
    tf.grad(f)(x);

test('powers are finite at zero at every order', () => {
  const square: Scalar = (x) => tf.pow(x, 2);
  const points = [-1.5, 0, 2];
  const first = tf.tidy(() => Array.from(derivative(square)(tf.tensor1d(points)).dataSync()));
  const second = tf.tidy(() => Array.from(derivative(derivative(square))(tf.tensor1d(points)).dataSync()));
  const third = tf.tidy(() =>
    Array.from(derivative(derivative(derivative(square)))(tf.tensor1d(points)).dataSync()),
  );
  expect(first).toEqual([-3, 0, 4]);
  expect(second).toEqual([2, 2, 2]);
  expect(third.map(Math.abs)).toEqual([0, 0, 0]);
});

test('the derivative with respect to the exponent is zero where the base is not positive', () => {
  tf.tidy(() => {
    const base = tf.tensor1d([-2, 0, Math.E]);
    const gradient = tf.grad((exponent: tf.Tensor) => tf.pow(base, exponent))(tf.tensor1d([2, 2, 2]));
    const [negative, zero, positive] = gradient.dataSync();
    expect([negative, zero]).toEqual([0, 0]);
    expect(positive).toBeCloseTo(Math.E ** 2, 5);
  });
});
