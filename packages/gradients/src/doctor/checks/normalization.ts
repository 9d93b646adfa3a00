import * as tf from '@tensorflow/tfjs-core';
import { type OperationCheck, argument } from '../operation-check.js';
import { perRow, sum } from '../reference/rows.js';

const epsilon = 0.01;
const values = argument([3, 2], [0.9, -0.6, -0.4, 1.2, 1.5, 0.3]);
const mean = argument([2], [0.5, 0.2]);
const variance = argument([2], [0.8, 1.3]);
const offset = argument([2], [0.1, -0.3]);
const scale = argument([2], [1.2, 0.7]);

/** Mean and variance (divided by the count) of a list. */
function momentsOf(entries: ArrayLike<number>): { mean: number; variance: number } {
  const average = sum(entries) / entries.length;
  return {
    mean: average,
    variance: sum(Float64Array.from(entries, (x) => (x - average) ** 2)) / entries.length,
  };
}

function normalize(x: number, moments: { mean: number; variance: number }): number {
  return (x - moments.mean) / Math.sqrt(moments.variance + epsilon);
}

function normalizeColumns(x: Float64Array): Float64Array {
  const columns = [0, 1].map((column) => momentsOf(x.filter((_, index) => index % 2 === column)));
  return x.map((value, index) => normalize(value, columns[index % 2]));
}

export const normalizationChecks: readonly OperationCheck[] = [
  {
    operation: 'batchNorm (fixed statistics)',
    arguments: [values, mean, variance, offset, scale],
    penalised: 0,
    forward: (x, m, v, o, s) =>
      tf.batchNorm2d(
        x as tf.Tensor2D,
        m as tf.Tensor1D,
        v as tf.Tensor1D,
        o as tf.Tensor1D,
        s as tf.Tensor1D,
        epsilon,
      ),
    reference: (x, m, v, o, s) =>
      x.map((value, i) => normalize(value, { mean: m[i % 2], variance: v[i % 2] }) * s[i % 2] + o[i % 2]),
  },
  {
    operation: 'batchNorm (fixed statistics, no scale or offset)',
    arguments: [values, mean, variance],
    penalised: 0,
    forward: (x, m, v) =>
      tf.batchNorm2d(x as tf.Tensor2D, m as tf.Tensor1D, v as tf.Tensor1D, undefined, undefined, epsilon),
    reference: (x, m, v) => x.map((value, i) => normalize(value, { mean: m[i % 2], variance: v[i % 2] })),
  },
  {
    operation: 'batchNorm (batch statistics)',
    arguments: [values, offset, scale],
    penalised: 0,
    forward: (x, o, s) => {
      const moments = tf.moments(x, 0);
      return tf.batchNorm(x, moments.mean, moments.variance, o, s, epsilon);
    },
    reference: (x, o, s) => normalizeColumns(x).map((value, i) => value * s[i % 2] + o[i % 2]),
  },
  {
    operation: 'batchNorm (batch statistics, no scale or offset)',
    arguments: [values],
    penalised: 0,
    forward: (x) => {
      const moments = tf.moments(x, 0);
      return tf.batchNorm(x, moments.mean, moments.variance, undefined, undefined, epsilon);
    },
    reference: normalizeColumns,
  },
  {
    operation: 'layer normalization',
    arguments: [argument([2, 3], values.values)],
    penalised: 0,
    forward: (x) => {
      const moments = tf.moments(x, 1, true);
      return tf.mul(tf.sub(x, moments.mean), tf.rsqrt(tf.add(moments.variance, epsilon)));
    },
    reference: (x) => perRow(x, 3, (row) => row.map((value) => normalize(value, momentsOf(row)))),
  },
  {
    operation: 'localResponseNormalization',
    arguments: [argument([1, 1, 1, 4], [0.9, -0.6, -0.4, 1.2])],
    penalised: 0,
    forward: (x) => tf.localResponseNormalization(x as tf.Tensor4D, 1, 0.5, 0.7, 0.75),
    reference: (x) =>
      x.map((value, channel) => {
        const squares = sum(x.slice(Math.max(0, channel - 1), channel + 2).map((entry) => entry * entry));
        return value * (0.5 + 0.7 * squares) ** -0.75;
      }),
  },
];
