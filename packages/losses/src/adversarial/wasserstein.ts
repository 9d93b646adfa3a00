import * as tf from '@tensorflow/tfjs-core';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * Wasserstein loss of the critic, which must be kept Lipschitz by clipping or by a gradient penalty. Its
 * negative estimates the Wasserstein-1 distance.
 *
 *     mean D(G(z)) - mean D(x)
 *
 * @param tensors critic outputs without a sigmoid, of any shape, float32
 * @returns a scalar; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @see Arjovsky et al., "Wasserstein GAN", 2017, arXiv 1701.07875, Eq 2
 */
export function wassersteinDiscriminatorLoss(tensors: {
  readonly realLogits: tf.Tensor;
  readonly fakeLogits: tf.Tensor;
}): tf.Scalar {
  const { realLogits, fakeLogits } = tensors;
  requireTensors('wassersteinDiscriminatorLoss', { realLogits, fakeLogits });
  return tf.tidy(() => tf.sub<tf.Scalar>(tf.mean(fakeLogits), tf.mean(realLogits)));
}

/**
 * Wasserstein loss of the generator.
 *
 *     -mean D(G(z))
 *
 * @param tensors critic outputs without a sigmoid, of any shape, float32
 * @returns a scalar; the caller disposes it
 * @throws ShapeError when the tensor is missing or empty
 * @see Arjovsky et al., "Wasserstein GAN", 2017, arXiv 1701.07875, Eq 4
 */
export function wassersteinGeneratorLoss(tensors: { readonly fakeLogits: tf.Tensor }): tf.Scalar {
  const { fakeLogits } = tensors;
  requireTensors('wassersteinGeneratorLoss', { fakeLogits });
  return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(fakeLogits)));
}
