import * as tf from '@tensorflow/tfjs-core';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * Cross-entropy of the discriminator, which calls real samples 1 and generated ones 0. It goes with
 * {@link minimaxGeneratorLoss} and with the non-saturating generator loss.
 *
 *     mean softplus(-D(x)) + mean softplus(D(G(z)))
 *
 * @param tensors logits of any shape, float32; the two may differ in shape
 * @returns a scalar of at least 0, finite for logits of any size; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @see Goodfellow et al., "Generative adversarial nets", 2014, arXiv 1406.2661, Eq 1
 */
export function minimaxDiscriminatorLoss(tensors: {
  readonly realLogits: tf.Tensor;
  readonly fakeLogits: tf.Tensor;
}): tf.Scalar {
  const { realLogits, fakeLogits } = tensors;
  requireTensors('minimaxDiscriminatorLoss', { realLogits, fakeLogits });
  return tf.tidy(() =>
    tf.add<tf.Scalar>(tf.mean(tf.softplus(tf.neg(realLogits))), tf.mean(tf.softplus(fakeLogits))),
  );
}

/**
 * The saturating generator loss: the generator lowers the probability of being found out. Its gradient
 * vanishes while the discriminator is sure.
 *
 *     -mean softplus(D(G(z))) = mean log(1 - sigmoid(D(G(z))))
 *
 * @param tensors logits of any shape, float32
 * @returns a scalar of at most 0; the caller disposes it
 * @throws ShapeError when the tensor is missing or empty
 * @see Goodfellow et al., "Generative adversarial nets", 2014, arXiv 1406.2661, Eq 1
 */
export function minimaxGeneratorLoss(tensors: { readonly fakeLogits: tf.Tensor }): tf.Scalar {
  const { fakeLogits } = tensors;
  requireTensors('minimaxGeneratorLoss', { fakeLogits });
  return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(tf.softplus(fakeLogits))));
}
