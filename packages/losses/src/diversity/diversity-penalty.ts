import { ShapeError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { requireNonNegative } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

/** Keeps a row of length 0 from being divided by it. */
const leastLength = 1e-12;

export interface DiversityPenaltyOptions {
  /** How steeply cosines are taken to similarities between 0 and 1. Default 5. */
  readonly steepness?: number;
}

/**
 * DpGAN's diversity penalty: latents that point into different directions are to become samples whose features do so, too.
 *
 *     mean over i, j of s(f_i, f_j) / s(z_i, z_j)        s(a, b) = sigmoid(steepness cos(a, b))
 *
 * It lies between 0 and about `exp(2 steepness)`, and is least where pairs of different latents have features of opposite
 * directions. Where features come from a rectifier, no cosine is negative.
 *
 * @param tensors `latents` `[n, ...]` and `features` `[n, ...]` of the samples for them, float32
 * @returns a scalar above 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty, or there is not one row of features for each latent
 * @throws OptionError when the steepness is negative or not finite
 * @see Pei, Xu, Xiang, Meng, "Alleviating mode collapse in GAN via diversity penalty module", 2021, arXiv 2108.02353. Its
 *   formula is read off an independent implementation (ThViviani/reduce-mode-collapse-in-gan).
 */
export function diversityPenalty(
  tensors: { readonly latents: tf.Tensor; readonly features: tf.Tensor },
  { steepness = 5 }: DiversityPenaltyOptions = {},
): tf.Scalar {
  const where = 'diversityPenalty';
  const { latents, features } = tensors;
  requireTensors(where, { latents, features });
  requireNonNegative(where, 'steepness', steepness);
  if (latents.rank === 0 || features.shape[0] !== latents.shape[0]) {
    throw new ShapeError(
      `${where}: features has shape [${features.shape.join(', ')}], wanted one row for each latent of [${latents.shape.join(', ')}]`,
      'features',
      features.shape,
      `[${latents.shape[0] ?? 'n'}, ...]`,
    );
  }
  return tf.tidy(() => {
    const similarity = (rows: tf.Tensor) => tf.sigmoid(tf.mul(steepness, cosines(rows)));
    return tf.mean<tf.Scalar>(tf.div(similarity(features), similarity(latents)));
  });
}

/** Of every row with every row, `[n, n]`. */
function cosines(tensor: tf.Tensor): tf.Tensor2D {
  const rows: tf.Tensor2D = tf.reshape(tensor, [tensor.shape[0], -1]);
  const lengths = tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), leastLength));
  const directions = tf.div<tf.Tensor2D>(rows, lengths);
  return tf.matMul(directions, directions, false, true);
}
