import * as tf from '@tensorflow/tfjs-core';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import { beforeAll, expect, it } from 'vitest';
import { batchNormForms, type Normalize } from '../../test/batch-norm-forms.js';
import { describeOnTargets } from '../../test/against-eager.js';
import { compile } from '../compile/compile.js';

beforeAll(installSecondOrderGradients);

const wave = (count: number, phase: number) =>
  Float32Array.from({ length: count }, (_, at) => Math.sin(phase + at * 0.7) + (at % 3) * 0.2);

const tensor = (shape: number[], phase: number) =>
  tf.tensor(wave(tf.util.sizeFromShape(shape), phase), shape);

/**
 * A batch normalisation takes away whatever a bias before it adds, so the gradient of the bias is that of the other
 * terms of the loss alone: of `0.001 sum(biased)` it is a thousandth of the number of rows. The gradients that
 * cancel are a million times as large.
 */
describeOnTargets('a bias before a batch normalisation has no gradient from behind it', (target) => {
  interface Case {
    readonly shape: number[];
    /** What makes the tensor that the bias is added to. */
    readonly before?: (x: tf.Tensor) => tf.Tensor;
    /** What lies between the bias and the normalisation. */
    readonly between?: (x: tf.Tensor) => tf.Tensor;
    readonly channels: number;
  }
  const same = (x: tf.Tensor) => x;
  const gradientOfBias = async (
    normalize: Normalize,
    { shape, before = same, between = same, channels }: Case,
  ) => {
    const step = await compile(
      ({ x, bias, scale, offset }) => {
        const loss = (...at: tf.Tensor[]) => {
          const biased = tf.add(before(x), at[0]);
          const y = normalize(between(biased), at[1], at[2]);
          const weighted = tf.mul(tf.relu(y), tf.mul(tensor(y.shape, 2), 1e4));
          return tf.add<tf.Scalar>(tf.sum(weighted), tf.mul(1e-3, tf.sum(biased)));
        };
        const [gradient, dScale, dOffset] = tf.grads(loss)([bias, scale, offset]);
        return { gradient, dScale, dOffset };
      },
      {
        target,
        threads: 1,
        inputs: {
          x: { shape },
          bias: { shape: [4] },
          scale: { shape: [channels] },
          offset: { shape: [channels] },
        },
      },
    );
    const { gradient } = await step.run({
      x: wave(tf.util.sizeFromShape(shape), 0),
      bias: wave(4, 1),
      scale: wave(channels, 4),
      offset: wave(channels, 5),
    });
    step.dispose();
    return Array.from(gradient.data);
  };

  it.each(batchNormForms)('made of %s, with a matrix between them', async (_, normalize) => {
    const between = (x: tf.Tensor) => tf.matMul(x, tensor([4, 6], 3));
    const found = await gradientOfBias(normalize, { shape: [5, 4], between, channels: 6 });
    for (const gradient of found) expect(gradient).toBeCloseTo(5e-3, 8);
  });

  it.each(batchNormForms)('made of %s, of images', async (_, normalize) => {
    const found = await gradientOfBias(normalize, { shape: [2, 3, 5, 4], channels: 4 });
    for (const gradient of found) expect(gradient).toBeCloseTo(30e-3, 8);
  });

  it.each(batchNormForms)('made of %s, of what a convolution gives', async (_, normalize) => {
    const before = (x: tf.Tensor) =>
      tf.conv2d(x as tf.Tensor4D, tensor([3, 3, 4, 4], 3) as tf.Tensor4D, 1, 'same');
    const found = await gradientOfBias(normalize, { shape: [2, 3, 5, 4], before, channels: 4 });
    for (const gradient of found) expect(gradient).toBeCloseTo(30e-3, 8);
  });
});
