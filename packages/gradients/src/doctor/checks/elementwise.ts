import * as tf from '@tensorflow/tfjs-core';
import { type OperationCheck, argument } from '../operation-check.js';
import { errorFunction } from '../reference/special-functions.js';
import { binaryCheck, elementwiseCheck } from './define-checks.js';

const signed = [-1.4, -0.7, -0.35, 0.3, 0.8, 1.3];
const insideOne = [-0.6, -0.35, 0.2, 0.45, 0.65];
const positive = [0.6, 0.9, 1.4, 2.2];
const aboveOne = [1.6, 2.1, 2.8];

const matrix = argument([2, 3], [-0.9, 0.5, 1.2, 0.7, -0.4, 1.6]);
const positiveMatrix = argument([2, 3], [0.9, 0.6, 1.2, 0.7, 1.4, 1.6]);
const row = argument([3], [0.4, 1.1, 0.75]);

export const elementwiseChecks: readonly OperationCheck[] = [
  elementwiseCheck('abs', signed, tf.abs, Math.abs),
  elementwiseCheck('neg', signed, tf.neg, (x) => -x),
  elementwiseCheck('square', signed, tf.square, (x) => x * x),
  elementwiseCheck('sqrt', positive, tf.sqrt, Math.sqrt),
  elementwiseCheck('rsqrt', positive, tf.rsqrt, (x) => 1 / Math.sqrt(x)),
  elementwiseCheck('reciprocal', positive, tf.reciprocal, (x) => 1 / x),
  elementwiseCheck('exp', signed, tf.exp, Math.exp),
  elementwiseCheck('expm1', signed, tf.expm1, Math.expm1),
  elementwiseCheck('log', positive, tf.log, Math.log),
  elementwiseCheck('log1p', positive, tf.log1p, Math.log1p),
  elementwiseCheck('erf', signed, tf.erf, errorFunction),
  elementwiseCheck('sin', signed, tf.sin, Math.sin),
  elementwiseCheck('cos', signed, tf.cos, Math.cos),
  elementwiseCheck('tan', insideOne, tf.tan, Math.tan),
  elementwiseCheck('asin', insideOne, tf.asin, Math.asin),
  elementwiseCheck('acos', insideOne, tf.acos, Math.acos),
  elementwiseCheck('atan', signed, tf.atan, Math.atan),
  elementwiseCheck('sinh', signed, tf.sinh, Math.sinh),
  elementwiseCheck('cosh', signed, tf.cosh, Math.cosh),
  elementwiseCheck('asinh', signed, tf.asinh, Math.asinh),
  elementwiseCheck('acosh', aboveOne, tf.acosh, Math.acosh),
  elementwiseCheck('atanh', insideOne, tf.atanh, Math.atanh),
  elementwiseCheck(
    'clipByValue',
    [-1.7, -0.6, 0.3, 0.7, 1.9],
    (x) => tf.clipByValue(x, -1, 1.25),
    (x) => Math.min(Math.max(x, -1), 1.25),
  ),
  elementwiseCheck(
    'pow (constant exponent)',
    signed,
    (x) => tf.pow(x, 3),
    (x) => x ** 3,
  ),
  ...binaryCheck('pow', positiveMatrix, argument([3], [1.7, -0.6, 2.3]), tf.pow, (a, b) => a ** b),
  ...binaryCheck('add', matrix, row, tf.add, (a, b) => a + b),
  ...binaryCheck('sub', matrix, row, tf.sub, (a, b) => a - b),
  ...binaryCheck('mul', matrix, row, tf.mul, (a, b) => a * b),
  ...binaryCheck('div', matrix, row, tf.div, (a, b) => a / b),
  ...binaryCheck('maximum', matrix, row, tf.maximum, Math.max),
  ...binaryCheck('minimum', matrix, row, tf.minimum, Math.min),
  ...binaryCheck('squaredDifference', matrix, row, tf.squaredDifference, (a, b) => (a - b) ** 2),
  ...binaryCheck('atan2', matrix, row, tf.atan2, Math.atan2),
  ...binaryCheck(
    'mod',
    argument([2, 3], [2.25, 1.8, 1.65, 0.75, 0.6, 0.55]),
    argument([3], [1.5, 1.2, 1.1]),
    tf.mod,
    (a, b) => a - b * Math.floor(a / b),
  ),
  ...binaryCheck(
    'addN',
    matrix,
    argument([2, 3], [0.3, -0.2, 0.9, 0.4, 0.1, -0.6]),
    (a, b) => tf.addN([a, b]),
    (a, b) => a + b,
  ),
];
