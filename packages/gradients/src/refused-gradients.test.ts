import { isGanError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { disposeAbandonedTape } from './guard/abandoned-tape.js';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from './index.js';
import { depthToSpaceGradient } from './indexing/blocks.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);
afterEach(disposeAbandonedTape);

function errorOf(body: () => void): Error {
  try {
    tf.tidy(body);
  } catch (error) {
    expect(isGanError(error, 'GRADIENT_UNSUPPORTED')).toBe(true);
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

test('gather whose axis is not the one after the batches', () => {
  const indices = () =>
    tf.tensor2d(
      [
        [0, 1],
        [1, 1],
      ],
      [2, 2],
      'int32',
    );
  const error = errorOf(() => {
    tf.grad((x: tf.Tensor) => tf.gather(x, indices(), 2, 1))(tf.ones([2, 3, 2]));
  });
  expect(error.message).toMatch(/batchDims 1 needs axis 1, got axis 2; transpose x first/);
});

test('batch normalisation whose statistics have neither shape', () => {
  const error = errorOf(() => {
    const statistic = tf.ones<tf.Rank.R4>([1, 1, 3, 1]);
    tf.grad((x: tf.Tensor) => tf.batchNorm4d(x as tf.Tensor4D, statistic, statistic))(tf.ones([2, 3, 3, 2]));
  });
  expect(error.message).toMatch(/one number per channel \(2\).*got \[1,1,3,1\]/);
});

test('depthToSpace of channels-first images', () => {
  const error = errorOf(() => {
    depthToSpaceGradient.gradFunc(tf.ones([1, 1, 2, 2]), [tf.ones([1, 4, 1, 1])], {
      blockSize: 2,
      dataFormat: 'NCHW',
    });
  });
  expect(error.message).toMatch(/needs the data format NHWC, got NCHW/);
});

test('pooling where a window would see padding alone', () => {
  // Windows 1 x 1 padded by one: those at the border have nothing to pool.
  for (const [name, pool] of [
    ['MaxPool', tf.maxPool],
    ['AvgPool', tf.avgPool],
  ] as const) {
    const error = errorOf(() => {
      tf.grad((x: tf.Tensor) => pool(x as tf.Tensor4D, 1, 1, 1))(tf.ones([1, 2, 2, 1]));
    });
    expect(error.message).toContain(
      `the gradient of ${name} was asked for where a window of 1 would see padding`,
    );
    disposeAbandonedTape();
  }
});
