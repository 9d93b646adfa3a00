import * as tf from '@tensorflow/tfjs-core';
import { type CheckArgument, type OperationCheck, argument } from '../operation-check.js';
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

/** A function that multiplies two operands, checked with respect to either. */
function contractionChecks(
  operation: string,
  operands: readonly CheckArgument[],
  forward: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  reference: (a: Float64Array, b: Float64Array) => ArrayLike<number>,
): OperationCheck[] {
  return [0, 1].map((penalised) => ({
    operation: `${operation} (${penalised === 0 ? 'first' : 'second'} operand)`,
    arguments: operands,
    penalised,
    forward,
    reference,
  }));
}

/** [2, 3] to [3, 2]. */
const transposedColumns = ([a, b, c, d, e, f]: Float64Array) => Float64Array.of(a, d, b, e, c, f);

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
  rowCheck('sum (several axes, kept)', (x) => tf.sum(tf.reshape(x, [2, 1, 3]), [1, -1], true), sum),
  rowCheck(
    'mean (several axes, kept)',
    (x) => tf.mean(tf.reshape(x, [2, 1, 3]), [1, -1], true),
    (row) => sum(row) / row.length,
  ),
  {
    // With a zero among the factors.
    operation: 'prod',
    arguments: [argument([2, 3], [-0.9, 0, 1.3, 0.8, -0.4, 1.7])],
    penalised: 0,
    forward: (x) => tf.prod(x, 1),
    reference: (x) => perRow(x, 3, (row) => [row[0] * row[1] * row[2]]),
  },
  {
    operation: 'prod (axis 0, kept)',
    arguments: [matrix],
    penalised: 0,
    forward: (x) => tf.prod(x, 0, true),
    reference: ([a, b, c, d, e, f]) => [a * d, b * e, c * f],
  },
  {
    operation: 'cumsum (axis -1)',
    arguments: [matrix],
    penalised: 0,
    forward: (x) => tf.cumsum(x, -1),
    reference: (x) => perRow(x, 3, ([a, b, c]) => [a, a + b, a + b + c]),
  },
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
  ...contractionChecks(
    'matMul, both transposed',
    [argument([3, 2], [0.4, -0.7, 0.9, 1.1, 0.2, -0.5]), argument([2, 3], [0.6, -0.3, 0.8, 0.5, -0.9, 0.7])],
    (a, b) => tf.matMul(a, b, true, true),
    ([a, b, c, d, e, f], b2) => matrixProduct(Float64Array.of(a, c, e, b, d, f), transposedColumns(b2), 3),
  ),
  ...contractionChecks(
    'matMul, outer dimensions that broadcast',
    [argument([2, 1, 1, 2], [0.4, -0.7, 0.9, 1.1]), argument([1, 3, 2, 1], [0.6, -0.3, 0.8, 0.5, -0.9, 0.7])],
    (a, b) => tf.matMul(a, b),
    (a, b) => [0, 1].flatMap((i) => [0, 1, 2].map((j) => a[2 * i] * b[2 * j] + a[2 * i + 1] * b[2 * j + 1])),
  ),
  ...contractionChecks(
    "einsum 'ij,jk->ki'",
    matMulArguments,
    (a, b) => tf.einsum('ij,jk->ki', a, b),
    (a, b) => {
      const [p, q, r, s] = matrixProduct(a, b, 3);
      return [p, r, q, s];
    },
  ),
  ...contractionChecks(
    "einsum 'ij,k->j'",
    [argument([2, 2], [0.4, -0.7, 0.9, 1.1]), argument([2], [0.6, -0.3])],
    (a, b) => tf.einsum('ij,k->j', a, b),
    ([a, b, c, d], [e, f]) => [(a + c) * (e + f), (b + d) * (e + f)],
  ),
  ...contractionChecks(
    "einsum 'ij,ij->'",
    [argument([2, 2], [0.4, -0.7, 0.9, 1.1]), argument([2, 2], [0.6, -0.3, 0.8, 0.5])],
    (a, b) => tf.einsum('ij,ij->', a, b),
    (a, b) => [sum(a.map((value, index) => value * b[index]))],
  ),
  {
    operation: "einsum 'ijk->ki'",
    arguments: [argument([2, 2, 1], [0.4, -0.7, 0.9, 1.1])],
    penalised: 0,
    forward: (x) => tf.einsum('ijk->ki', x),
    reference: ([a, b, c, d]) => [a + b, c + d],
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
