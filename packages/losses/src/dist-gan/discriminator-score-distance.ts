import * as tf from '@tensorflow/tfjs-core';
import { requireChoice } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * Dist-GAN's generator loss: the distance between the mean scores of real and of generated samples. The
 * generator reaches 0 when the discriminator scores both alike, and is not driven beyond that.
 *
 *     | mean sigmoid(D(x)) - mean sigmoid(D(G(z))) |
 *
 * @param tensors logits of any shape, float32; the two may differ in shape
 * @param options `of`: the `sigmoid` score (default) or the `logit` itself, as GN-GAN can be read
 * @returns a scalar, of sigmoid scores from 0 to 1; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @throws OptionError when the choice is unknown
 * @see Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Eq 4
 */
export function discriminatorScoreDistance(
  tensors: { readonly realLogits: tf.Tensor; readonly fakeLogits: tf.Tensor },
  { of = 'sigmoid' }: { readonly of?: 'sigmoid' | 'logit' } = {},
): tf.Scalar {
  const { realLogits, fakeLogits } = tensors;
  requireTensors('discriminatorScoreDistance', { realLogits, fakeLogits });
  requireChoice('discriminatorScoreDistance', 'of', of, ['sigmoid', 'logit']);
  const score = (logits: tf.Tensor) => (of === 'sigmoid' ? tf.sigmoid(logits) : logits);
  return tf.tidy(() => tf.abs(tf.sub<tf.Scalar>(tf.mean(score(realLogits)), tf.mean(score(fakeLogits)))));
}
