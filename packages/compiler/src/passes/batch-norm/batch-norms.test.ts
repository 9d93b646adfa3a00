import * as tf from '@tensorflow/tfjs-core';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectLikeEager, tensorFlowIsHere } from '../../../test/against-eager.js';
import { batchNormForms } from '../../../test/batch-norm-forms.js';
import { fusions } from '../fusions.js';
import { optimizeGraph, type PassChoice } from '../index.js';
import { record, type TensorFunction } from '../../record/record.js';
import { lowerToTensorFlow } from '../../targets/tensorflow/lower.js';
import { tensorFlowTarget } from '../../targets/tensorflow/target.js';

beforeAll(installSecondOrderGradients);

const images = { shape: [3, 4, 4, 2] };
const rows = { shape: [6, 2] };
const channels = { shape: [2] };

const numbers = (count: number, phase: number) =>
  Float32Array.from({ length: count }, (_, at) => Math.sin(phase + at * 0.7) + (at % 3) * 0.2);

type Norm = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => tf.Tensor;

/** A loss of what is normalised and rectified, with the gradients of everything, and the moving average's terms. */
const firstOrder =
  (normalize: Norm): TensorFunction =>
  ({ x, weights, scale, offset }) => {
    const loss = (...at: tf.Tensor[]) => {
      const normalized = normalize(tf.mul(at[0], tf.abs(at[0])), at[1], at[2]);
      return tf.sum<tf.Scalar>(tf.mul(tf.leakyRelu(normalized, 0.2), weights));
    };
    const { value, grads } = tf.valueAndGrads(loss)([x, scale, offset]);
    return { value, dx: grads[0], dScale: grads[1], dOffset: grads[2] };
  };

/** A penalty on the gradient, as critics with batch norm have it. */
const secondOrder =
  (normalize: Norm): TensorFunction =>
  ({ x, weights, scale, offset }) => {
    const loss = (...at: tf.Tensor[]) => {
      const score = (samples: tf.Tensor) =>
        tf.sum<tf.Scalar>(tf.mul(tf.square(normalize(samples, at[1], at[2])), weights));
      return tf.add<tf.Scalar>(score(at[0]), tf.mean(tf.square(tf.grad(score)(at[0]))));
    };
    const [dx, dScale, dOffset] = tf.grads(loss)([x, scale, offset]);
    return { dx, dScale, dOffset };
  };

const operations = (fn: TensorFunction, x: typeof images | typeof rows, choice: PassChoice = {}) => {
  const { builder, inputs, outputs } = record(fn, { x, weights: x, scale: channels, offset: channels });
  const graph = optimizeGraph(
    { inputs, outputs, states: [] },
    builder,
    { ...tensorFlowTarget.passes, ...choice },
    fusions,
  );
  return lowerToTensorFlow(graph).nodes.map(({ op }) => op);
};

describe('batch normalisation for TensorFlow', () => {
  it.each(batchNormForms)('made of %s is one node, and its gradient another', (_, normalize) => {
    for (const x of [images, rows]) {
      const found = operations(firstOrder(normalize), x);
      expect(found.filter((op) => op === 'FusedBatchNormV3')).toHaveLength(1);
      expect(found.filter((op) => op === 'FusedBatchNormGradV3')).toHaveLength(1);
      // All sums over rows are results of the gradient's node.
      expect(found.filter((op) => op === 'BiasAddGrad')).toEqual([]);
    }
  });

  it.each(['batchNorms', 'narrowFactors'] as const)('stays as it is written without the pass %s', (name) => {
    for (const [, normalize] of batchNormForms)
      expect(operations(firstOrder(normalize), images, { [name]: false })).not.toContain('FusedBatchNormV3');
  });

  it('is left alone where it is another formula', () => {
    const wrongMean: Norm = (x, scale, offset) => {
      const centred = tf.sub(x, tf.mean(x, 0));
      const variance = tf.mean(tf.square(centred), 0);
      return tf.add(tf.mul(centred, tf.div(scale, tf.sqrt(tf.add(variance, 1e-3)))), offset);
    };
    expect(operations(firstOrder(wrongMean), images)).not.toContain('FusedBatchNormV3');
    const detached: Norm = (x, scale, offset) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      const noGradient = (tensor: tf.Tensor) =>
        tf.customGrad(() => ({ value: tf.clone(tensor), gradFunc: () => tf.zeros(tensor.shape) }))(tensor);
      return tf.batchNorm(x, noGradient(mean), noGradient(variance), offset, scale, 1e-3);
    };
    const found = operations(firstOrder(detached), images);
    expect(found).toContain('FusedBatchNormV3');
    expect(found).not.toContain('FusedBatchNormGradV3');
  });

  describe.skipIf(!tensorFlowIsHere)('computes the same', () => {
    const orders: [string, (normalize: Norm) => TensorFunction][] = [
      ['with its gradient', firstOrder],
      ['with a penalty on its gradient', secondOrder],
    ];
    const cases = batchNormForms.flatMap(([form, normalize]) =>
      orders.map(([order, fn]): [string, string, TensorFunction] => [form, order, fn(normalize)]),
    );
    it.each(cases)('made of %s, %s', async (_form, _order, fn) => {
      for (const x of [images, rows, { shape: [3, 4, 4, 1] }]) {
        const size = x.shape.reduce((product, length) => product * length, 1);
        const count = x.shape.at(-1)!;
        await expectLikeEager({
          target: 'tensorflow',
          fn,
          inputs: { x, weights: x, scale: { shape: [count] }, offset: { shape: [count] } },
          feeds: () => ({
            x: numbers(size, 0),
            weights: numbers(size, 1),
            scale: numbers(count, 2),
            offset: numbers(count, 3),
          }),
          tolerance: 2e-5,
        });
      }
    });
  });
});
