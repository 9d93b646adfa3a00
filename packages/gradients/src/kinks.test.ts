/**
 * What a derivative is where a function has none: the table of docs/numerics.md, line by line. The convention is
 * TensorFlow's (tensorflow/core/kernels/relu_op_functor.h, python/ops/math_grad.py).
 */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from './index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

type Operation = (x: tf.Tensor) => tf.Tensor;

const derivative = (operation: Operation, at: number[]) =>
  tf.tidy(() => [
    ...tf
      .grad((x: tf.Tensor) => tf.sum(operation(x)))(tf.tensor1d(at))
      .dataSync(),
  ]);

/** Operation, where, and the derivative there, as the page says them. */
const kinks: [name: string, operation: Operation, at: number[], wanted: number[]][] = [
  ['abs', tf.abs, [0], [0]],
  ['relu', tf.relu, [0], [0]],
  ['relu6', tf.relu6, [0, 6], [0, 0]],
  ['leakyRelu', (x) => tf.leakyRelu(x, 0.2), [0], [0.2]],
  ['prelu', (x) => tf.prelu(x, tf.scalar(0.3)), [0], [0.3]],
  ['elu', tf.elu, [0], [1]],
  ['selu', tf.selu, [0], [1.0507009873554805]],
  ['clipByValue', (x) => tf.clipByValue(x, -1, 2), [-1, 2], [1, 1]],
  ['maximum', (x) => tf.maximum(x, tf.scalar(1)), [1], [1]],
  ['minimum', (x) => tf.minimum(x, tf.scalar(1)), [1], [1]],
  ['max', (x) => tf.max(x), [2, 2, 1], [0.5, 0.5, 0]],
  ['min', (x) => tf.min(x), [1, 2, 1], [0.5, 0, 0.5]],
  [
    'maxPool',
    (x) => tf.maxPool(tf.reshape<tf.Rank.R4>(x, [1, 1, 3, 1]), [1, 3], 1, 'valid'),
    [2, 2, 1],
    [1, 0, 0],
  ],
  ['topk', (x) => tf.topk(x, 1).values, [2, 2, 1], [1, 0, 0]],
  ['pow', (x) => tf.pow(x, tf.scalar(1)), [0], [1]],
];

test.each(kinks)('%s', (_name, operation, at, wanted) => {
  const slopes = derivative(operation, at);
  wanted.forEach((slope, index) => expect(slopes[index]).toBeCloseTo(slope, 6));
});

test('steps have the derivative 0 where they jump', () => {
  for (const step of [tf.sign, tf.floor, tf.ceil, tf.round, tf.step]) {
    expect(derivative(step, [0, 0.5, 1]).map(Math.abs)).toEqual([0, 0, 0]);
  }
});

test('the page lists every kink that is tested here', () => {
  const page = readFileSync(new URL('../../../docs/numerics.md', import.meta.url), 'utf8');
  for (const [name] of kinks) expect(page).toContain(`\`${name}\``);
});

describe('sigmoid cross-entropy, which TensorFlow.js writes with two kinks at 0 that cancel', () => {
  // d/dx = sigmoid(x) - label
  const logits = [0, -2, 0, 3];
  const labels = [1, 1, 0, 0];
  const wanted = logits.map((x, i) => 1 / (1 + Math.exp(-x)) - labels[i]);
  const compare = (loss: Operation) => {
    derivative(loss, logits).forEach((slope, index) => expect(slope).toBeCloseTo(wanted[index], 6));
  };

  test('of tf.losses', () => {
    compare((x) => tf.losses.sigmoidCrossEntropy(tf.tensor1d(labels), x, undefined, 0, tf.Reduction.SUM));
  });

  test('of tfjs-layers, from probabilities', () => {
    compare((x) => {
      const rows = tf.reshape(x, [4, 1]);
      return tfl.metrics.binaryCrossentropy(tf.tensor2d(labels, [4, 1]), tf.sigmoid(rows));
    });
  });
});
