import { OptionError, ShapeError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { requireChoice, requireNonNegative } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

const bandwidths = [
  'variance-of-distances',
  'squared-variance-of-distances',
  'variance-of-squared-distances',
  'squared-variance-of-squared-distances',
] as const;

/** What can be read in more than one way, the paper's text not being public; each reading has a name. */
export interface NeighbourEmbeddingOptions {
  /**
   * `s^2` of the kernel, on each side from that side's own distances between different rows, without a gradient: their
   * variance (default), the square of their variance, or either of squared distances. A number is taken as `s^2` itself.
   */
  readonly bandwidth?: (typeof bandwidths)[number] | number;
  /** What the kernel is a function of: `squared` distances (default), as in t-SNE, or `plain` ones. */
  readonly distances?: 'squared' | 'plain';
  /** Whether the latent side is trained too (default true), or only drawn after. */
  readonly latentGradient?: boolean;
}

/** Keeps `s^2` above 0 where all distances are equal. */
const leastBandwidth = 1e-8;
/** Below this a probability counts as this in the logarithm. */
const leastProbability = 1e-8;
/** Keeps the gradient of a root finite where two rows are equal. */
const insideRoot = 1e-12;

/**
 * GN-GAN's neighbour embedding: samples lie to each other as their latents do, in the sense of t-SNE with a Student
 * kernel on both sides.
 *
 *     KL(P || Q) = sum_ij p_ij log(p_ij / q_ij)
 *     p_ij = (p_i|j + p_j|i) / 2n       p_j|i = k(z_i, z_j) / (sum_{k != i} k(z_i, z_k))       p_i|i = 0
 *     k(a, b) = 1 / (1 + |a - b|^2 / 2 s^2)
 *
 * and q_ij the same of samples. Costs O(n^2 d) multiplications and O(n^2) memory for n rows of d numbers. Distances come
 * from products of centred rows in float32: below about 1e-3 of the rows' spread they are rounding error.
 *
 * @param tensors `latents` `[n, ...]` and `samples` `[n, ...]`, row by row those of one another, float32; samples may be
 *   discriminator features. `reference` `[m, ...]`, m of 2 or more: samples whose distances give the bandwidth of the data
 *   side in place of those of `samples` (real samples, in one published replication)
 * @returns a scalar, 0 where P = Q; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty, when there is one row only, or not one sample for each latent
 * @throws OptionError when an option is unknown or the bandwidth not above 0
 * @see Tran, Bui, Cheung, "Improving GAN with neighbors embedding and gradient matching", 2019, arXiv 1811.01333
 */
export function neighbourEmbedding(
  tensors: {
    readonly latents: tf.Tensor;
    readonly samples: tf.Tensor;
    readonly reference?: tf.Tensor;
  },
  {
    bandwidth = 'variance-of-distances',
    distances = 'squared',
    latentGradient = true,
  }: NeighbourEmbeddingOptions = {},
): tf.Scalar {
  const where = 'neighbourEmbedding';
  const { latents, samples, reference } = tensors;
  requireTensors(where, { latents, samples, ...(reference !== undefined && { reference }) });
  requireChoice(where, 'distances', distances, ['squared', 'plain']);
  requireBandwidth(where, bandwidth);
  requireRows(where, latents, samples, reference);
  return tf.tidy(() => {
    const options = { bandwidth, distances };
    const wanted = neighbourProbabilities(latents, latents, options);
    const p = latentGradient ? wanted : withoutGradient(wanted);
    const q = neighbourProbabilities(samples, reference ?? samples, options);
    return tf.sum<tf.Scalar>(tf.mul(p, tf.sub(safeLog(p), safeLog(q))));
  });
}

/** The symmetric probabilities of all ordered pairs of rows, `[n, n]`. */
function neighbourProbabilities(
  rows: tf.Tensor,
  reference: tf.Tensor,
  { bandwidth, distances }: Required<Pick<NeighbourEmbeddingOptions, 'bandwidth' | 'distances'>>,
): tf.Tensor2D {
  const squared = squaredDistances(rows);
  // The gradient ends before the bandwidth's roots: at equal rows theirs is infinite, and 0 times that is NaN.
  const variance =
    typeof bandwidth === 'number'
      ? bandwidth
      : bandwidthOf(bandwidth, withoutGradient(reference === rows ? squared : squaredDistances(reference)));
  const distance = distances === 'squared' ? squared : tf.sqrt(tf.add(squared, insideRoot));
  const kernel = tf.div(1, tf.add(1, tf.div(distance, tf.mul(2, variance))));
  const others = tf.mul(kernel, betweenDifferentRows(rows.shape[0]));
  const conditional = tf.div(others, tf.sum(others, 1, true));
  return tf.div<tf.Tensor2D>(tf.add(conditional, tf.transpose(conditional)), 2 * rows.shape[0]);
}

/** `|a_i - a_j|^2`, `[n, n]`. Rows are centred first: distances stay, rounding errors shrink. */
function squaredDistances(tensor: tf.Tensor): tf.Tensor2D {
  const rows = tf.reshape(tensor, [tensor.shape[0], -1]);
  const centred = tf.sub<tf.Tensor2D>(rows, tf.mean(rows, 0, true));
  const lengths = tf.sum(tf.square(centred), 1, true);
  const products = tf.matMul(centred, centred, false, true);
  return tf.relu(tf.sub<tf.Tensor2D>(tf.add(lengths, tf.transpose(lengths)), tf.mul(2, products)));
}

function bandwidthOf(kind: (typeof bandwidths)[number], squared: tf.Tensor2D): tf.Scalar {
  const size = squared.shape[0];
  const pairs = size * (size - 1);
  const different = betweenDifferentRows(size);
  const values = kind.endsWith('variance-of-squared-distances') ? squared : tf.sqrt(squared);
  const mean = tf.div(tf.sum(tf.mul(values, different)), pairs);
  const deviations = tf.mul(tf.square(tf.sub(values, mean)), different);
  const variance = tf.add<tf.Scalar>(tf.div(tf.sum(deviations), pairs), leastBandwidth);
  return kind.startsWith('squared-') ? tf.square(variance) : variance;
}

/** 1 for each pair of different rows, 0 on the diagonal. */
function betweenDifferentRows(size: number): tf.Tensor2D {
  return tf.sub<tf.Tensor2D>(1, tf.eye(size));
}

/** The values alone: what a gradient is taken of does not depend on them. */
function withoutGradient<Some extends tf.Tensor>(tensor: Some): Some {
  const withoutGradient = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }));
  return withoutGradient(tensor) as Some;
}

function safeLog(probabilities: tf.Tensor2D): tf.Tensor2D {
  return tf.log(tf.maximum<tf.Tensor2D>(probabilities, leastProbability));
}

function requireBandwidth(where: string, bandwidth: (typeof bandwidths)[number] | number): void {
  if (typeof bandwidth === 'string') {
    requireChoice(where, 'bandwidth', bandwidth, bandwidths);
    return;
  }
  requireNonNegative(where, 'bandwidth', bandwidth);
  if (bandwidth === 0) {
    throw new OptionError(`${where}: bandwidth must be above 0, got 0`, 'bandwidth', bandwidth);
  }
}

function requireRows(where: string, latents: tf.Tensor, samples: tf.Tensor, reference?: tf.Tensor): void {
  const rows = latents.rank === 0 ? 0 : latents.shape[0];
  if (rows < 2) {
    throw new ShapeError(
      `${where}: latents has shape [${latents.shape.join(', ')}]; distances need a batch of 2 or more`,
      'latents',
      latents.shape,
      '2 or more rows',
    );
  }
  if (samples.shape[0] !== rows) {
    throw new ShapeError(
      `${where}: samples has shape [${samples.shape.join(', ')}], wanted one sample for each of the ${rows} latents`,
      'samples',
      samples.shape,
      `[${rows}, ...]`,
    );
  }
  if (reference !== undefined && !(reference.shape[0] >= 2)) {
    throw new ShapeError(
      `${where}: reference has shape [${reference.shape.join(', ')}]; distances need a batch of 2 or more`,
      'reference',
      reference.shape,
      '2 or more rows',
    );
  }
}
