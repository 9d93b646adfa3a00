import * as tf from '@tensorflow/tfjs-core';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * Hinge loss of the discriminator: it stops pushing where a logit is past 1 on the right side.
 *
 *     mean max(0, 1 - D(x)) + mean max(0, 1 + D(G(z)))
 *
 * @param tensors logits of any shape, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @see Miyato et al., "Spectral normalization for GANs", 2018, arXiv 1802.05957, Eq 16
 */
export function hingeDiscriminatorLoss(tensors: {
  readonly realLogits: tf.Tensor;
  readonly fakeLogits: tf.Tensor;
}): tf.Scalar {
  const { realLogits, fakeLogits } = tensors;
  requireTensors('hingeDiscriminatorLoss', { realLogits, fakeLogits });
  return tf.tidy(() =>
    tf.add<tf.Scalar>(tf.mean(tf.relu(tf.sub(1, realLogits))), tf.mean(tf.relu(tf.add(1, fakeLogits)))),
  );
}

/**
 * Generator loss that goes with the hinge loss; the same as the Wasserstein generator loss.
 *
 *     -mean D(G(z))
 *
 * @param tensors logits of any shape, float32
 * @returns a scalar; the caller disposes it
 * @throws ShapeError when the tensor is missing or empty
 * @see Miyato et al., "Spectral normalization for GANs", 2018, arXiv 1802.05957, Eq 17
 */
export function hingeGeneratorLoss(tensors: { readonly fakeLogits: tf.Tensor }): tf.Scalar {
  const { fakeLogits } = tensors;
  requireTensors('hingeGeneratorLoss', { fakeLogits });
  return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(fakeLogits)));
}
