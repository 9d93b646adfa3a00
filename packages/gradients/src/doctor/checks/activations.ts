import * as tf from '@tensorflow/tfjs-core';
import { type OperationCheck, argument, spread } from '../operation-check.js';
import { logSumExp, perRow, softmax, sum } from '../reference/rows.js';
import { errorFunction, logistic, softplus } from '../reference/special-functions.js';
import { binaryCheck, elementwiseCheck } from './define-checks.js';

const signed = [-1.7, -0.8, -0.35, 0.4, 0.9, 1.6];
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

export const activationChecks: readonly OperationCheck[] = [
  elementwiseCheck('relu', signed, tf.relu, (x) => Math.max(x, 0)),
  elementwiseCheck('relu6', [-0.8, 0.5, 3.1, 5.2, 6.9], tf.relu6, (x) => Math.min(Math.max(x, 0), 6)),
  elementwiseCheck(
    'leakyRelu',
    signed,
    (x) => tf.leakyRelu(x, 0.2),
    (x) => (x > 0 ? x : Math.fround(0.2) * x),
  ),
  elementwiseCheck('elu', signed, tf.elu, (x) => (x > 0 ? x : Math.expm1(x))),
  elementwiseCheck('selu', signed, tf.selu, (x) => seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x))),
  elementwiseCheck('tanh', signed, tf.tanh, Math.tanh),
  elementwiseCheck('sigmoid', signed, tf.sigmoid, logistic),
  elementwiseCheck('logSigmoid', signed, tf.logSigmoid, (x) => -softplus(-x)),
  elementwiseCheck('softplus', signed, tf.softplus, softplus),
  elementwiseCheck(
    'swish',
    signed,
    (x) => tf.mul(x, tf.sigmoid(x)),
    (x) => x * logistic(x),
  ),
  elementwiseCheck(
    'gelu',
    signed,
    (x) => tf.mul(tf.mul(0.5, x), tf.add(1, tf.erf(tf.div(x, Math.SQRT2)))),
    (x) => 0.5 * x * (1 + errorFunction(x / Math.SQRT2)),
  ),
  ...binaryCheck('prelu', argument([2, 3], signed), argument([3], [0.1, 0.3, 0.25]), tf.prelu, (x, alpha) =>
    x > 0 ? x : alpha * x,
  ),
  {
    operation: 'softmax',
    arguments: [spread([2, 3], -1, 1)],
    penalised: 0,
    forward: (x) => tf.softmax(x),
    reference: (x) => perRow(x, 3, softmax),
  },
  {
    operation: 'logSoftmax',
    arguments: [argument([2, 3], [-0.7, 0.4, 1.1, 0.9, -0.2, 0.35])],
    penalised: 0,
    forward: (x) => tf.logSoftmax(x),
    reference: (x) => perRow(x, 3, (row) => row.map((value) => value - logSumExp(row))),
  },
  {
    operation: 'softmaxCrossEntropy',
    arguments: [
      argument([2, 3], [0.2, 0.5, 0.3, 0.6, 0.1, 0.3]),
      argument([2, 3], [-0.7, 0.4, 1.1, 0.9, -0.2, 0.35]),
    ],
    penalised: 1,
    forward: (labels, logits) =>
      tf.losses.softmaxCrossEntropy(labels, logits, undefined, undefined, tf.Reduction.SUM),
    reference: (labels, logits) => {
      const logProbabilities = perRow(logits, 3, (row) => row.map((value) => value - logSumExp(row)));
      return [-sum(labels.map((label, index) => label * logProbabilities[index]))];
    },
  },
  {
    operation: 'sigmoidCrossEntropy',
    arguments: [argument([2, 2], [0.2, 0.9, 0.6, 0.1]), argument([2, 2], [-0.7, 0.4, 1.1, -0.35])],
    penalised: 1,
    forward: (labels, logits) =>
      tf.losses.sigmoidCrossEntropy(labels, logits, undefined, undefined, tf.Reduction.SUM),
    reference: (labels, logits) => [
      sum(logits.map((logit, index) => softplus(logit) - labels[index] * logit)),
    ],
  },
];
