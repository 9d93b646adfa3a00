import * as tf from '@tensorflow/tfjs-core';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * Dist-GAN's generator loss: the distance between the mean scores of real and of generated samples. The
 * generator reaches 0 when the discriminator scores both alike, and is not driven beyond that.
 *
 *     | mean sigmoid(D(x)) - mean sigmoid(D(G(z))) |
 *
 * @param tensors logits of any shape, float32; the two may differ in shape
 * @returns a scalar from 0 to 1; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @see Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Eq 4
 */
export function discriminatorScoreDistance(tensors: {
  readonly realLogits: tf.Tensor;
  readonly fakeLogits: tf.Tensor;
}): tf.Scalar {
  const { realLogits, fakeLogits } = tensors;
  requireTensors('discriminatorScoreDistance', { realLogits, fakeLogits });
  return tf.tidy(() =>
    tf.abs(tf.sub<tf.Scalar>(tf.mean(tf.sigmoid(realLogits)), tf.mean(tf.sigmoid(fakeLogits)))),
  );
}
