import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectLikeEager } from '../test/against-eager.js';
import { gaussianStep } from '../test/gaussian-step.js';
import { compile } from './compile.js';

describe('compile', () => {
  it('runs a gradient step and keeps the variable in the engine until it is read', async () => {
    const weight = tf.tidy(() => tf.variable(tf.scalar(1)));
    const step = await compile(
      ({ x }) => {
        const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(tf.mul(weight, x))) as tf.Scalar, [weight]);
        weight.assign(tf.sub(weight, tf.mul(0.1, grads[weight.name])));
        return { loss: value };
      },
      { inputs: { x: { shape: [4] } } },
    );
    const { loss } = await step.run({ x: Float32Array.of(1, 2, 3, 4) });
    expect(loss.data[0]).toBeCloseTo(7.5, 6);
    expect(weight.dataSync()[0]).toBe(1);
    await step.readVariables();
    expect(weight.dataSync()[0]).toBeCloseTo(-0.5, 6);
    step.dispose();
    weight.dispose();
  });

  it('trains three networks like eager TensorFlow.js: losses, weights and optimizer slots', async () => {
    const { step, inputs, feeds, variables, dispose } = gaussianStep({ width: 16, batch: 8 });
    await expectLikeEager({ fn: step, inputs, feeds, variables, calls: 5 });
    dispose();
  });
});
