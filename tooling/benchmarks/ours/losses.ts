import * as tf from '@tensorflow/tfjs-core';

type Network = (samples: tf.Tensor) => tf.Tensor;

/** mean softplus(-logits) for label 1, mean softplus(logits) for label 0. */
function binaryCrossEntropy(logits: tf.Tensor, label: 0 | 1): tf.Scalar {
  return tf.mean(tf.softplus(label === 1 ? tf.neg(logits) : logits));
}

/** mean (|gradient| - 1)^2, the norm being the root of the mean square (Dist-GAN) or of the sum (WGAN-GP). */
export function gradientPenalty(score: Network, samples: tf.Tensor, norm: 'rms' | 'l2'): tf.Scalar {
  const gradient = tf.grad((x: tf.Tensor) => tf.sum(score(x)))(samples);
  const squares = tf.reshape(tf.square(gradient), [samples.shape[0], -1]);
  const total = norm === 'rms' ? tf.mean(squares, 1) : tf.sum(squares, 1);
  return tf.mean(tf.square(tf.sub(tf.sqrt(tf.add(total, 1e-12)), 1)));
}

/** coefficient * real + (1 - coefficient) * fake */
export function interpolate(real: tf.Tensor, fake: tf.Tensor, coefficient: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(coefficient, real), tf.mul(tf.sub(1, coefficient), fake));
}

/** realWeight BCE1(real) + reconstructionWeight BCE1(reconstructed) + BCE0(fake) + penaltyWeight penalty */
export function discriminatorLoss(
  score: Network,
  samples: { real: tf.Tensor; reconstructed: tf.Tensor; fake: tf.Tensor; interpolation: tf.Tensor },
  weights: { realWeight: number; reconstructionWeight: number; gradientPenaltyWeight: number },
): tf.Scalar {
  const { real, reconstructed, fake, interpolation } = samples;
  const interpolated = interpolate(real, fake, interpolation);
  return tf.addN([
    tf.mul(weights.realWeight, binaryCrossEntropy(score(real), 1)),
    tf.mul(weights.reconstructionWeight, binaryCrossEntropy(score(reconstructed), 1)),
    binaryCrossEntropy(score(fake), 0),
    tf.mul(weights.gradientPenaltyWeight, gradientPenalty(score, interpolated, 'rms')),
  ]) as tf.Scalar;
}

/** |mean sigmoid(realLogits) - mean sigmoid(fakeLogits)| */
export function scoreDistance({
  realLogits,
  fakeLogits,
}: {
  realLogits: tf.Tensor;
  fakeLogits: tf.Tensor;
}): tf.Scalar {
  return tf.abs(tf.sub(tf.mean(tf.sigmoid(realLogits)), tf.mean(tf.sigmoid(fakeLogits)))) as tf.Scalar;
}

/** (dataDistance - ratio * mean(codes - latents))^2 */
export function latentDataDistance(
  dataDistance: tf.Tensor,
  codes: tf.Tensor,
  latents: tf.Tensor,
  ratio: number,
): tf.Tensor {
  return tf.square(tf.sub(dataDistance, tf.mul(ratio, tf.mean(tf.sub(codes, latents)))));
}
