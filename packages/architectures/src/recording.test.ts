/** A full-size step is recorded by its shapes alone; computing it would take TensorFlow.js minutes. */
import { RandomStream } from '@dist-gan/core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import { Adam } from '@dist-gan/testing/compiled';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valuesOf } from '../../compiler/src/graph/traverse.js';
import { record } from '../../compiler/src/record/record.js';
import { applyNetwork, gradientPenalty, trainable } from '../test/critic.js';
import { withoutDrawing } from '../test/parameters.js';
import { resnet } from './resnet/resnet.js';

beforeAll(() => void installSecondOrderGradients());
afterAll(() => void uninstallSecondOrderGradients());

it("records the critic's step of the ResNet for 32 x 32 at batch 64: loss, gradient penalty and Adam", () => {
  const shape = { sampleShape: [32, 32, 3], latentDimension: 128 };
  const critic = withoutDrawing(() => resnet().build('discriminator', shape, RandomStream.fromSeed(0)));
  const variables = trainable(critic);
  const optimizer = new Adam(variables);
  const memory = tf.memory();

  const {
    outputs,
    inputs,
    variables: recorded,
  } = record(
    ({ real, fake, mixing, rate }) => {
      const apply = (x: tf.Tensor): tf.Tensor => applyNetwork(critic, x);
      const between = tf.add(tf.mul(mixing, real), tf.mul(tf.sub(1, mixing), fake));
      const { value, grads } = tf.variableGrads(() => {
        const hinge = tf.add(
          tf.mean(tf.relu(tf.sub(1, apply(real)))),
          tf.mean(tf.relu(tf.add(1, apply(fake)))),
        );
        return tf.add<tf.Scalar>(hinge, gradientPenalty(apply, between));
      }, variables);
      optimizer.update(grads, rate);
      return { loss: value };
    },
    {
      real: { shape: [64, 32, 32, 3] },
      fake: { shape: [64, 32, 32, 3] },
      mixing: { shape: [64, 1, 1, 1] },
      rate: { shape: [] },
    },
  );

  expect(outputs.map(({ value }) => value.shape)).toEqual([[]]);
  const assigned = recorded.filter(({ before, after }) => before !== after).map(({ variable }) => variable);
  expect(new Set(assigned)).toEqual(new Set([...variables, ...optimizer.variables]));

  // The critic has 14 convolutions. Each runs forward on three batches, and once more as the derivative of the
  // gradient that the penalty takes, the convolution's transpose, whose own transpose is the convolution.
  const states = recorded.map(({ variable, before, after }) => ({
    name: variable.name,
    input: before,
    output: after,
    parts: [],
  }));
  const operations = valuesOf({ inputs, outputs, states }).map(({ operation }) => operation.name);
  expect(operations.filter((op) => op === 'Conv2D')).toHaveLength(4 * 14);

  expect(tf.memory()).toEqual(memory);
  tf.dispose(optimizer.variables);
  critic.dispose();
});
