import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '../index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

const activations: [string, (x: tf.Tensor) => tf.Tensor][] = [
  ['tanh', tf.tanh],
  ['sigmoid', tf.sigmoid],
  ['softplus', tf.softplus],
  ['logSigmoid', tf.logSigmoid],
  ['elu', tf.elu],
  ['selu', tf.selu],
  ['leakyRelu', (x) => tf.leakyRelu(x, 0.2)],
  ['softmax', (x) => tf.softmax(x)],
  ['logSoftmax', (x) => tf.logSoftmax(x)],
  ['logSumExp', (x) => tf.logSumExp(x)],
  ['sigmoidCrossEntropy', (x) => tf.losses.sigmoidCrossEntropy(tf.onesLike(x), x)],
];

test.each(activations)(
  '%s keeps derivatives of orders one to three finite at +-80 and +-500',
  (_name, activation) => {
    tf.tidy(() => {
      const x = tf.tensor1d([-500, -80, 0.3, 80, 500]);
      const first = (input: tf.Tensor) =>
        tf.grad((inner: tf.Tensor) => tf.sum(activation(tf.mul(inner, 1))))(input);
      const penalty = (input: tf.Tensor) => tf.sum(tf.square(first(input)));
      const second = (input: tf.Tensor) => tf.grad(penalty)(input);
      const third = tf.grad((input: tf.Tensor) => tf.sum(tf.square(second(input))));
      for (const order of [first, second, third]) {
        expect(Array.from(order(x).dataSync()).every(Number.isFinite)).toBe(true);
      }
    });
  },
);
