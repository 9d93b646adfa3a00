import { OptionError, ShapeError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { requireTensors } from '../checks/require-tensors.js';

/** Keeps a row of length 0 from being divided by it. */
const leastLength = 1e-12;

/** The largest steepness of {@link diversityPenalty}: the largest ratio of two similarities is e to it, and float32 ends at e^88. */
export const largestSteepness = 80;

export interface DiversityPenaltyOptions {
  /** How steeply cosines are taken to similarities between 0 and 1, from 0 to 80. Default 5. */
  readonly steepness?: number;
}

/**
 * DpGAN's diversity penalty: latents that point into different directions are to become samples whose features do so, too.
 *
 *     mean over i, j of s(f_i, f_j) / s(z_i, z_j)        s(a, b) = sigmoid(steepness cos(a, b))
 *
 * It lies between `exp(-steepness)` and `exp(steepness)`, and is least where pairs of different latents have features of opposite
 * directions. Where features come from a rectifier, no cosine is negative.
 *
 * @param tensors `latents` `[n, ...]` and `features` `[n, ...]` of the samples for them, float32
 * @returns a scalar above 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty, or there is not one row of features for each latent
 * @throws OptionError when the steepness is not from 0 to 80
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
  if (!(steepness >= 0 && steepness <= largestSteepness)) {
    throw new OptionError(
      `${where}: steepness must be a number from 0 to ${largestSteepness}, got ${steepness}`,
      'steepness',
      steepness,
    );
  }
  if (latents.rank === 0 || features.shape[0] !== latents.shape[0]) {
    throw new ShapeError(
      `${where}: features has shape [${features.shape.join(', ')}], wanted one row for each latent of [${latents.shape.join(', ')}]`,
      'features',
      features.shape,
      `[${latents.shape[0] ?? 'n'}, ...]`,
    );
  }
  return tf.tidy(() => {
    // -log of a similarity: of a quotient the gradient would divide by squares of similarities, which may be too small for float32.
    const unlikeness = (rows: tf.Tensor) => tf.softplus(tf.mul(-steepness, cosines(rows)));
    return tf.mean<tf.Scalar>(tf.exp(tf.sub(unlikeness(latents), unlikeness(features))));
  });
}

/** Of every row with every row, `[n, n]`. */
function cosines(tensor: tf.Tensor): tf.Tensor2D {
  const rows: tf.Tensor2D = tf.reshape(tensor, [tensor.shape[0], -1]);
  const lengths = tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), leastLength));
  const directions = tf.div<tf.Tensor2D>(rows, lengths);
  return tf.matMul(directions, directions, false, true);
}
