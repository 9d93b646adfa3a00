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

test('stridedSlice gives nothing where nothing is between begin and end', () => {
  tf.tidy(() => {
    const slice = (x: tf.Tensor) => tf.stridedSlice(x, [0, 3], [2, 1], [1, 1]);
    const x = tf.ones([2, 5]);
    expect(slice(x).shape).toEqual([2, 0]);
    expect([
      ...tf
        .grad((of: tf.Tensor) => tf.sum(slice(of)))(x)
        .dataSync(),
    ]).toEqual(Array(10).fill(0));
    expect(tf.stridedSlice(x, [0, 3], [0, 1], [1, 1], 0, 0, 0, 2, 0).shape).toEqual([0, 1, 5]);
    expect(slice(tf.ones([0, 5])).shape).toEqual([0, 0]);
  });
});

test('all of nothing is true', () => {
  tf.tidy(() => {
    const all = tf.all(tf.zeros([2, 0, 3], 'bool'), [0, 1], true);
    expect([...all.shape, ...all.dataSync()]).toEqual([1, 1, 3, 1, 1, 1]);
    expect(tf.all(tf.zeros([2, 0], 'bool'), 0).shape).toEqual([0]);
  });
});

test('one matrix times none gives none', () => {
  tf.tidy(() => {
    expect(tf.matMul(tf.ones([1, 3, 1]), tf.ones([0, 1, 4])).shape).toEqual([0, 3, 4]);
    expect(tf.matMul(tf.ones([0, 3, 1]), tf.ones([1, 1, 4])).shape).toEqual([0, 3, 4]);
  });
});

test('floorDiv of float32 is float32', () => {
  tf.tidy(() => {
    const quotient = tf.floorDiv(tf.tensor1d([7.5, -7.5, 1, 3e10]), tf.tensor1d([2, 2, 0, 1]));
    expect(quotient.dtype).toBe('float32');
    expect([...quotient.dataSync()]).toEqual([3, -4, Infinity, 3e10].map(Math.fround));
    const whole = tf.floorDiv(tf.tensor1d([-7], 'int32'), tf.tensor1d([2], 'int32'));
    expect([whole.dtype, ...whole.dataSync()]).toEqual(['int32', -4]);
  });
});

test('a condition of rank 1 chooses whole rows of the kernel of where', () => {
  tf.tidy(() => {
    const operands = {
      condition: tf.tensor1d([true, false], 'bool'),
      t: tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]),
      e: tf.tensor2d([10, 20, 30, 40, 50, 60], [2, 3]),
    };
    const chosen = tf.engine().runKernel<tf.Tensor>(tf.Select, operands);
    expect([...chosen.dataSync()]).toEqual([1, 2, 3, 40, 50, 60]);
  });
});

test.each([
  ['columns', [1, 1, 2, 1], [1, 5, 2, 1], [5, 5]],
  ['both', [2, 1, 1, 1], [2, 3, 4, 1], [12, 12]],
  ['rows, others smaller', [1, 3, 1, 1], [1, 2, 4, 1], [4, 0, 4]],
])(
  'the kernel of the gradient of resizing from one pixel with aligned corners ends: %s',
  (_, from, to, wanted) => {
    tf.tidy(() => {
      const operands = { images: tf.zeros(from), dy: tf.ones(to) };
      const attributes = { alignCorners: true };
      for (const kernel of [tf.ResizeNearestNeighborGrad, tf.ResizeBilinearGrad]) {
        const gradient = tf.engine().runKernel<tf.Tensor>(kernel, operands, attributes);
        expect(gradient.shape).toEqual(from);
        expect([...gradient.dataSync()]).toEqual(wanted);
      }
    });
  },
);

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
