import * as tf from '@tensorflow/tfjs-core';
import { requireSameShape, requireTensors } from '../checks/require-tensors.js';

interface Logits {
  readonly realLogits: tf.Tensor;
  readonly fakeLogits: tf.Tensor;
}

/**
 * Relativistic pairing loss of the discriminator: each real sample is to be more real than the generated one beside it.
 *
 *     mean softplus(-(D(x_i) - D(G(z_i))))
 *
 * @param tensors logits of one shape, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty, or when the shapes differ
 * @see Jolicoeur-Martineau, "The relativistic discriminator", 2018, arXiv 1807.00734;
 *   Huang et al., "The GAN is dead; long live the GAN!", 2024, arXiv 2501.05441
 */
export function relativisticPairingDiscriminatorLoss(tensors: Logits): tf.Scalar {
  const { realLogits, fakeLogits } = tensors;
  requireSameShape('relativisticPairingDiscriminatorLoss', { realLogits, fakeLogits });
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.softplus(tf.sub(fakeLogits, realLogits))));
}

/**
 * Relativistic pairing loss of the generator: each generated sample is to be more real than the real one beside it.
 *
 *     mean softplus(-(D(G(z_i)) - D(x_i)))
 *
 * @param tensors logits of one shape, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty, or when the shapes differ
 * @see {@link relativisticPairingDiscriminatorLoss}
 */
export function relativisticPairingGeneratorLoss(tensors: Logits): tf.Scalar {
  const { realLogits, fakeLogits } = tensors;
  requireSameShape('relativisticPairingGeneratorLoss', { realLogits, fakeLogits });
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.softplus(tf.sub(realLogits, fakeLogits))));
}

/**
 * Relativistic average loss of the discriminator: a real sample is to be more real than generated ones on average.
 *
 *     mean softplus(-(D(x) - mean D(G(z)))) + mean softplus(D(G(z)) - mean D(x))
 *
 * @param tensors logits of any shape, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @see Jolicoeur-Martineau, "The relativistic discriminator", 2018, arXiv 1807.00734
 */
export function relativisticAverageDiscriminatorLoss(tensors: Logits): tf.Scalar {
  requireTensors('relativisticAverageDiscriminatorLoss', { ...tensors });
  return averageLoss(tensors.realLogits, tensors.fakeLogits);
}

/**
 * Relativistic average loss of the generator: that of the discriminator with real and generated samples exchanged.
 *
 * @param tensors logits of any shape, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @see {@link relativisticAverageDiscriminatorLoss}
 */
export function relativisticAverageGeneratorLoss(tensors: Logits): tf.Scalar {
  requireTensors('relativisticAverageGeneratorLoss', { ...tensors });
  return averageLoss(tensors.fakeLogits, tensors.realLogits);
}

function averageLoss(above: tf.Tensor, below: tf.Tensor): tf.Scalar {
  return tf.tidy(() =>
    tf.add<tf.Scalar>(
      tf.mean(tf.softplus(tf.sub(tf.mean(below), above))),
      tf.mean(tf.softplus(tf.sub(below, tf.mean(above)))),
    ),
  );
}
