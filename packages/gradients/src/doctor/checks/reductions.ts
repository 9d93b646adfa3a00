import * as tf from '@tensorflow/tfjs-core';
import { type OperationCheck, argument } from '../operation-check.js';
import { logSumExp, matrixProduct, perRow, sum } from '../reference/rows.js';

const matrix = argument([2, 3], [-0.9, 0.5, 1.3, 0.8, -0.4, 1.7]);

function rowCheck(
  operation: string,
  forward: (x: tf.Tensor) => tf.Tensor,
  reference: (row: Float64Array) => number,
): OperationCheck {
  return {
    operation,
    arguments: [matrix],
    penalised: 0,
    forward,
    reference: (x) => perRow(x, 3, (row) => [reference(row)]),
  };
}

const matMulArguments = [
  argument([2, 3], [0.4, -0.7, 0.9, 1.1, 0.2, -0.5]),
  argument([3, 2], [0.6, -0.3, 0.8, 0.5, -0.9, 0.7]),
];

export const reductionChecks: readonly OperationCheck[] = [
  rowCheck('sum', (x) => tf.sum(x, 1), sum),
  rowCheck(
    'mean',
    (x) => tf.mean(x, 1),
    (row) => sum(row) / row.length,
  ),
  rowCheck(
    'max',
    (x) => tf.max(x, 1),
    (row) => Math.max(...row),
  ),
  rowCheck(
    'min',
    (x) => tf.min(x, 1),
    (row) => Math.min(...row),
  ),
  rowCheck('logSumExp', (x) => tf.logSumExp(x, 1), logSumExp),
  rowCheck(
    'norm',
    (x) => tf.norm(x, 'euclidean', 1),
    (row) => Math.hypot(...row),
  ),
  {
    operation: 'cumsum (axis 0)',
    arguments: [matrix],
    penalised: 0,
    forward: (x) => tf.cumsum(x, 0),
    reference: ([a, b, c, d, e, f]) => [a, b, c, a + d, b + e, c + f],
  },
  {
    operation: 'cumsum (exclusive, reverse)',
    arguments: [matrix],
    penalised: 0,
    forward: (x) => tf.cumsum(x, 1, true, true),
    reference: (x) => perRow(x, 3, ([, b, c]) => [b + c, c, 0]),
  },
  ...[0, 1].flatMap((penalised): OperationCheck[] => [
    {
      operation: `matMul (${penalised === 0 ? 'left' : 'right'} factor)`,
      arguments: matMulArguments,
      penalised,
      forward: (a, b) => tf.matMul(a, b),
      reference: (a, b) => matrixProduct(a, b, 3),
    },
    {
      operation: `fused matMul (${penalised === 0 ? 'left' : 'right'} factor)`,
      arguments: [...matMulArguments, argument([2], [0.3, -0.4])],
      penalised,
      forward: (a, b, bias) => tf.fused.matMul({ a: a, b: b, bias }),
      reference: (a, b, bias) => matrixProduct(a, b, 3).map((value, index) => value + bias[index % 2]),
    },
  ]),
];
