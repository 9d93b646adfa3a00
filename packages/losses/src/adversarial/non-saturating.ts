import * as tf from '@tensorflow/tfjs-core';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * The non-saturating generator loss: the generator raises the probability of passing as real. Its
 * discriminator minimises `minimaxDiscriminatorLoss`.
 *
 *     mean softplus(-D(G(z))) = -mean log sigmoid(D(G(z)))
 *
 * @param tensors logits of any shape, float32
 * @returns a scalar of at least 0, finite for logits of any size; the caller disposes it
 * @throws ShapeError when the tensor is missing or empty
 * @see Goodfellow et al., "Generative adversarial nets", 2014, arXiv 1406.2661, section 3
 */
export function nonSaturatingGeneratorLoss(tensors: { readonly fakeLogits: tf.Tensor }): tf.Scalar {
  const { fakeLogits } = tensors;
  requireTensors('nonSaturatingGeneratorLoss', { fakeLogits });
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.softplus(tf.neg(fakeLogits))));
}
