import * as tf from '@tensorflow/tfjs-core';
import { requireSameShape } from '../checks/require-tensors.js';

/**
 * Cross-entropy of a reconstruction whose entries are probabilities, from the logits before the
 * generator's output sigmoid; mean over the batch and over all entries.
 *
 *     mean softplus(l) - l x = mean -x log sigmoid(l) - (1 - x) log(1 - sigmoid(l))
 *
 * Its least value is the entropy of the target, not 0, unless the target holds nothing but 0 and 1.
 *
 * @param tensors `target`: samples with values in [0, 1]; `reconstructionLogits`: real numbers; both
 *   `[batch, ...]`, float32, equal shapes
 * @returns a scalar of at least 0, finite for logits of any size; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty, or the shapes differ
 * @see the authors' two-dimensional experiment, distgan_toy2d.py:85-87
 */
export function sigmoidCrossEntropyReconstructionLoss(tensors: {
  readonly target: tf.Tensor;
  readonly reconstructionLogits: tf.Tensor;
}): tf.Scalar {
  const { target, reconstructionLogits } = tensors;
  requireSameShape('sigmoidCrossEntropyReconstructionLoss', { target, reconstructionLogits });
  return tf.tidy(() =>
    tf.mean<tf.Scalar>(tf.sub(tf.softplus(reconstructionLogits), tf.mul(reconstructionLogits, target))),
  );
}
