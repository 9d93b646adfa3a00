import * as tf from '@tensorflow/tfjs-core';
import { type OperationCheck, argument } from '../operation-check.js';
import { elementwiseCheck } from './define-checks.js';

const values = [-1.4, -0.5, 0.5, 1.45, 2.5];
const nearIntegers = [-2.0, -1.05, 0.1, 1.0, 2.0];

/** The operation as a factor of x, as masks are used: its own derivative is zero, that of x * mask is not. */
function maskCheck(
  operation: string,
  mask: (x: tf.Tensor) => tf.Tensor,
  reference: (x: number) => number | boolean,
  inputs: readonly number[] = values,
): OperationCheck {
  return elementwiseCheck(
    operation,
    inputs,
    (x) => tf.mul(x, tf.cast(mask(x), 'float32')),
    (x) => x * Number(reference(x)),
  );
}

/** The same for an operation on a row of three entries. */
function rowMaskCheck(
  operation: string,
  factor: (x: tf.Tensor2D) => tf.Tensor,
  reference: (row: Float64Array) => ArrayLike<number>,
): OperationCheck {
  return {
    operation,
    arguments: [argument([1, 3], [0.6, 1.5, -0.9])],
    penalised: 0,
    forward: (x) => tf.mul(x, tf.cast(factor(x as tf.Tensor2D), 'float32')),
    reference: (row) => {
      const factors = reference(row);
      return row.map((value, index) => value * factors[index % factors.length]);
    },
  };
}

const indexOfMaximum = (row: Float64Array) => row.indexOf(Math.max(...row));

export const piecewiseConstantChecks: readonly OperationCheck[] = [
  maskCheck(
    'greater',
    (x) => tf.greater(x, 0.05),
    (x) => x > 0.05,
  ),
  maskCheck(
    'greaterEqual',
    (x) => tf.greaterEqual(x, 0.05),
    (x) => x >= 0.05,
  ),
  maskCheck(
    'less',
    (x) => tf.less(x, 0.05),
    (x) => x < 0.05,
  ),
  maskCheck(
    'lessEqual',
    (x) => tf.lessEqual(x, 0.05),
    (x) => x <= 0.05,
  ),
  maskCheck(
    'equal',
    (x) => tf.sub(1.5, tf.cast(tf.equal(x, 0.05), 'float32')),
    () => 1.5,
  ),
  maskCheck(
    'notEqual',
    (x) => tf.notEqual(x, 0.05),
    () => 1,
  ),
  maskCheck(
    'logicalAnd',
    (x) => tf.logicalAnd(tf.greater(x, -1), tf.less(x, 2)),
    (x) => x > -1 && x < 2,
  ),
  maskCheck(
    'logicalOr',
    (x) => tf.logicalOr(tf.less(x, -1), tf.greater(x, 2)),
    (x) => x < -1 || x > 2,
  ),
  maskCheck(
    'logicalNot',
    (x) => tf.logicalNot(tf.greater(x, 0.05)),
    (x) => x <= 0.05,
  ),
  maskCheck(
    'step',
    (x) => tf.step(x, -0.5),
    (x) => (x > 0 ? 1 : -0.5),
  ),
  maskCheck('sign', tf.sign, Math.sign),
  maskCheck('floor', tf.floor, Math.floor),
  maskCheck('ceil', tf.ceil, Math.ceil),
  maskCheck('round', tf.round, Math.round, nearIntegers),
  maskCheck('cast to int32', (x) => tf.cast(x, 'int32'), Math.trunc),
  maskCheck(
    'cast to bool',
    (x) => tf.cast(x, 'bool'),
    (x) => x !== 0,
  ),
  maskCheck(
    'int32 arithmetic',
    (x) => tf.add(tf.mul(tf.cast(x, 'int32'), tf.scalar(3, 'int32')), tf.scalar(1, 'int32')),
    (x) => 3 * Math.trunc(x) + 1,
  ),
  maskCheck(
    'floorDiv',
    (x) => tf.floorDiv(x, tf.scalar(5)),
    (x) => Math.floor(x / 5),
  ),
  maskCheck(
    'floorDiv of int32',
    (x) => tf.floorDiv(tf.cast(x, 'int32'), tf.scalar(5, 'int32')),
    (x) => Math.floor(Math.trunc(x) / 5),
  ),
  maskCheck(
    'isNaN',
    (x) => tf.sub(1.5, tf.cast(tf.isNaN(x), 'float32')),
    () => 1.5,
  ),
  maskCheck(
    'isInf',
    (x) => tf.sub(1.5, tf.cast(tf.isInf(x), 'float32')),
    () => 1.5,
  ),
  maskCheck('isFinite', tf.isFinite, () => 1),
  maskCheck(
    'zerosLike',
    (x) => tf.add(1.5, tf.zerosLike(x)),
    () => 1.5,
  ),
  maskCheck('onesLike', tf.onesLike, () => 1),
  rowMaskCheck(
    'argMax',
    (x) => tf.argMax(x, 1),
    (row) => [indexOfMaximum(row)],
  ),
  rowMaskCheck(
    'argMin',
    (x) => tf.argMin(x, 1),
    (row) => [row.indexOf(Math.min(...row))],
  ),
  rowMaskCheck(
    'all',
    (x) => tf.all(tf.greater(x, -2), 1),
    () => [1],
  ),
  rowMaskCheck(
    'any',
    (x) => tf.any(tf.greater(x, 1), 1),
    () => [1],
  ),
  rowMaskCheck(
    'oneHot',
    (x) => tf.oneHot(tf.argMax<tf.Tensor1D>(x, 1), 3),
    (row) => row.map((_, index) => Number(index === indexOfMaximum(row))),
  ),
  elementwiseCheck(
    'where',
    values,
    (x) => tf.where(tf.greater(x, 0.05), tf.square(x), tf.sin(x)),
    (x) => (x > 0.05 ? x * x : Math.sin(x)),
  ),
];
