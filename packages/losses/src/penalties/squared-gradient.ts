import '../install-gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * The squared length of the discriminator's gradient, on average over samples: R1 at real samples, R2 at generated ones.
 *
 *     mean over samples of sum (d sum(D(x)) / dx)^2
 *
 * The papers weight it by gamma / 2. To be differentiated again, by the discriminator's weights: importing it installs the
 * corrected gradients, as for `gradientPenalty`. Each sample's output must depend on that sample alone.
 *
 * @param arguments_ `discriminate`: samples to outputs without a sigmoid; `samples`: `[batch, ...sampleShape]`, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when the samples are missing or empty
 * @throws GradientError when `discriminate` uses an operation without a proved second-order gradient
 * @see Mescheder et al., "Which training methods for GANs do actually converge?", 2018, arXiv 1801.04406, Eq 9 and 10
 */
export function squaredGradient(arguments_: {
  readonly discriminate: (samples: tf.Tensor) => tf.Tensor;
  readonly samples: tf.Tensor;
}): tf.Scalar {
  const { discriminate, samples } = arguments_;
  requireTensors('squaredGradient', { samples });
  return tf.tidy(() => {
    const gradients = tf.grad(discriminate)(samples);
    return tf.div<tf.Scalar>(tf.sum(tf.square(gradients)), samples.shape[0]);
  });
}
