import * as tf from '@tensorflow/tfjs-core';
import { requireNonNegative } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

export interface LatentDataDistanceOptions {
  /**
   * Weight of the latent side, lambda_w in the paper. `from-dimensions` (default) is
   * `sqrt(latent dimension / data dimension)`, taken from the tensors; the two-dimensional experiments
   * use 1.
   */
  readonly latentWeight?: number | 'from-dimensions';
}

/**
 * Dist-GAN's latent-data distance: the auto-encoder may move the mean of its reconstructions away from
 * the mean of the generated samples only as far as the mean of its codes is away from the prior's.
 *
 *     f = M(E_x[x_r]) - M(E_z[G(z)])        M(v) = mean of the entries of v
 *     g = M(E_x[E(x)]) - M(E_z[z])
 *     (f - latentWeight g)^2
 *
 * It is one scalar for a whole batch, hence a weak constraint, and meant so.
 *
 * @param tensors all float32 and of any shape with the batch first:
 *   - `reconstructed`: reconstructions G(E(x)), or their discriminator features for images; the
 *     one-dimensional code and GAAN give real samples instead
 *   - `generated`: G(z), or features of it, as `reconstructed`
 *   - `encoded`: codes E(x), `[batch, latent dimension]`
 *   - `latents`: z, `[batch, latent dimension]`
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @throws OptionError when the weight is negative or not finite
 * @see Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Eq 6 to 8; distgan_image/distgan.py:193-195
 */
export function latentDataDistance(
  tensors: {
    readonly reconstructed: tf.Tensor;
    readonly generated: tf.Tensor;
    readonly encoded: tf.Tensor;
    readonly latents: tf.Tensor;
  },
  { latentWeight = 'from-dimensions' }: LatentDataDistanceOptions = {},
): tf.Scalar {
  const { reconstructed, generated, encoded, latents } = tensors;
  requireTensors('latentDataDistance', { reconstructed, generated, encoded, latents });
  const weight =
    latentWeight === 'from-dimensions'
      ? Math.sqrt(entriesPerSample(latents) / entriesPerSample(generated))
      : latentWeight;
  requireNonNegative('latentDataDistance', 'latentWeight', weight);
  return tf.tidy(() => {
    const dataSide = tf.sub(tf.mean(reconstructed), tf.mean(generated));
    const latentSide = tf.sub(tf.mean(encoded), tf.mean(latents));
    return tf.square(tf.sub<tf.Scalar>(dataSide, tf.mul(weight, latentSide)));
  });
}

function entriesPerSample(tensor: tf.Tensor): number {
  return tensor.size / tensor.shape[0];
}
