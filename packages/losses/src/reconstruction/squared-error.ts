import * as tf from '@tensorflow/tfjs-core';
import { requireSameShape } from '../checks/require-tensors.js';

/**
 * Squared error of a reconstruction, mean over the batch and over all entries.
 *
 *     mean (x - G(E(x)))^2
 *
 * Give it samples for the data-space term, or the discriminator's features of both for the feature-space
 * term `mean (Phi(x) - Phi(G(E(x))))^2`, which avoids the blur of the former on images.
 *
 * Dist-GAN's Eq 3 sums over the entries of a sample; the authors' code, followed here, takes the mean
 * (distgan_image/distgan.py:192).
 *
 * @param tensors `target` and `reconstruction`: samples or features, `[batch, ...]`, float32, equal shapes
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty, or the shapes differ
 * @see Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Eq 3
 */
export function squaredErrorReconstructionLoss(tensors: {
  readonly target: tf.Tensor;
  readonly reconstruction: tf.Tensor;
}): tf.Scalar {
  const { target, reconstruction } = tensors;
  requireSameShape('squaredErrorReconstructionLoss', { target, reconstruction });
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.squaredDifference(reconstruction, target)));
}
