import { isGanError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '../registry/install.js';

beforeEach(installSecondOrderGradients);
afterEach(uninstallSecondOrderGradients);

test('matMul pairs outer dimensions that broadcast, and sums their gradients', () => {
  tf.tidy(() => {
    const [a, b] = [tf.tensor4d([2, 3], [2, 1, 1, 1]), tf.tensor4d([1, 10, 100], [1, 3, 1, 1])];
    const product = tf.matMul(a, b);
    expect(product.shape).toEqual([2, 3, 1, 1]);
    expect([...product.dataSync()]).toEqual([2, 20, 200, 3, 30, 300]);
    const [da, db] = tf.grads((x: tf.Tensor, y: tf.Tensor) => tf.sum(tf.matMul(x, y)))([a, b]);
    expect([...da.dataSync()]).toEqual([111, 111]);
    expect([...db.dataSync()]).toEqual([5, 5, 5]);
    // One matrix against many, which the kernel pairs rightly, has no stock gradient either.
    const one = tf.tensor3d([2], [1, 1, 1]);
    const many = tf.tensor3d([1, 10, 100], [3, 1, 1]);
    expect([
      ...tf
        .grad((x: tf.Tensor) => tf.sum(tf.matMul(x, many)))(one)
        .dataSync(),
    ]).toEqual([111]);
  });
});

test('cumsum and cumprod count a negative axis from the end', () => {
  tf.tidy(() => {
    const x = tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(tf.cumsum(x, -1).arraySync()).toEqual([
      [1, 3, 6],
      [4, 9, 15],
    ]);
    expect(tf.cumsum(x, -2).arraySync()).toEqual([
      [1, 2, 3],
      [5, 7, 9],
    ]);
    expect(tf.cumprod(x, -1).arraySync()).toEqual([
      [1, 2, 6],
      [4, 20, 120],
    ]);
  });
});

test('einsum sums letters that one operand has alone', () => {
  tf.tidy(() => {
    const matrix = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    const vector = tf.tensor1d([10, 100]);
    const contract = (equation: string, ...operands: tf.Tensor[]) => {
      const result = tf.einsum(equation, ...operands);
      return { shape: result.shape, values: [...result.dataSync()] };
    };
    expect(contract('ij,k->j', matrix, vector)).toEqual({ shape: [2], values: [440, 660] });
    expect(contract('ij,k->', matrix, vector)).toEqual({ shape: [], values: [1100] });
    expect(contract('ij,jk->', matrix, matrix)).toEqual({ shape: [], values: [4 * 3 + 6 * 7] });
    expect(contract('i,ij->i', vector, matrix)).toEqual({ shape: [2], values: [30, 700] });
    expect(contract('ij -> ij', matrix)).toEqual({ shape: [2, 2], values: [1, 2, 3, 4] });
  });
});

test('stridedSlice drops an axis and steps along another', () => {
  tf.tidy(() => {
    const x = tf.reshape(tf.range(0, 10), [2, 5]);
    expect(tf.stridedSlice(x, [1, 1], [2, 5], [1, 3], 0, 0, 0, 0, 1).arraySync()).toEqual([6, 9]);
    expect(tf.stridedSlice(x, [0, 4], [1, 0], [1, -2], 0, 2, 0, 0, 1).arraySync()).toEqual([4, 2, 0]);
  });
});

test('tensorScatterUpdate leaves its operand as it was', () => {
  tf.tidy(() => {
    const x = tf.tensor1d([1, 2, 3]);
    const updated = tf.tensorScatterUpdate(x, tf.tensor2d([[1]], [1, 1], 'int32'), tf.tensor1d([9]));
    expect([...updated.dataSync()]).toEqual([1, 9, 3]);
    expect([...x.dataSync()]).toEqual([1, 2, 3]);
  });
});

test('depthwiseConv2d refuses channels first', () => {
  tf.tidy(() => {
    const filter = tf.ones<tf.Rank.R4>([1, 1, 2, 1]);
    try {
      tf.depthwiseConv2d(tf.ones<tf.Rank.R4>([1, 2, 3, 3]), filter, 1, 'valid', 'NCHW');
      expect.unreachable();
    } catch (error) {
      expect(isGanError(error, 'OPTION_INVALID')).toBe(true);
      expect((error as Error).message).toMatch(/needs the data format NHWC, got NCHW/);
    }
  });
});
