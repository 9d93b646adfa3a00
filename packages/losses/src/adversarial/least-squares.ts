import * as tf from '@tensorflow/tfjs-core';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * Least-squares loss of the discriminator with targets 1 for real and 0 for generated samples.
 *
 *     1/2 mean (D(x) - 1)^2 + 1/2 mean D(G(z))^2
 *
 * @param tensors discriminator outputs without a sigmoid, of any shape, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @see Mao et al., "Least squares generative adversarial networks", 2017, arXiv 1611.04076, Eq 2 and 9
 */
export function leastSquaresDiscriminatorLoss(tensors: {
  readonly realLogits: tf.Tensor;
  readonly fakeLogits: tf.Tensor;
}): tf.Scalar {
  const { realLogits, fakeLogits } = tensors;
  requireTensors('leastSquaresDiscriminatorLoss', { realLogits, fakeLogits });
  return tf.tidy(() =>
    tf.mul<tf.Scalar>(0.5, tf.add(tf.mean(tf.square(tf.sub(realLogits, 1))), tf.mean(tf.square(fakeLogits)))),
  );
}

/**
 * Least-squares loss of the generator with target 1.
 *
 *     1/2 mean (D(G(z)) - 1)^2
 *
 * @param tensors discriminator outputs without a sigmoid, of any shape, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when the tensor is missing or empty
 * @see Mao et al., "Least squares generative adversarial networks", 2017, arXiv 1611.04076, Eq 2 and 9
 */
export function leastSquaresGeneratorLoss(tensors: { readonly fakeLogits: tf.Tensor }): tf.Scalar {
  const { fakeLogits } = tensors;
  requireTensors('leastSquaresGeneratorLoss', { fakeLogits });
  return tf.tidy(() => tf.mul<tf.Scalar>(0.5, tf.mean(tf.square(tf.sub(fakeLogits, 1)))));
}
