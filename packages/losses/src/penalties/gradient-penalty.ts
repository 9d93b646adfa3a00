import '../install-gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { requireChoice, requireNonNegative } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

/** Keeps the root's gradient finite where the discriminator is flat. */
const insideRoot = 1e-12;

export interface GradientPenaltyOptions {
  /**
   * How the gradient g of a sample is measured against the target. There is no default, for these are
   * different penalties:
   *
   * - `l2`: `(sqrt(sum g^2) - target)^2`, WGAN-GP
   * - `rms`: `(sqrt(mean g^2) - target)^2`, the authors' Dist-GAN code; its target for the Euclidean norm
   *   is `target sqrt(entries of a sample)`
   * - `squared`: `(sum g^2 - target)^2`, as the Dist-GAN paper writes it
   */
  readonly norm: 'rms' | 'l2' | 'squared';
  /** What the norm is drawn to; default 1. */
  readonly target?: number;
}

/**
 * Gradient penalty: draws the norm of the discriminator's gradient with respect to its input to a target.
 *
 *     mean over samples of (norm of d sum(D(x)) / dx - target)^2
 *
 * Usually taken at points between real and generated samples; see `interpolate`. The result is to be
 * differentiated again, by the discriminator's weights. Stock TensorFlow.js gets that wrong for many
 * operations, so importing this package installs the corrected gradients of `@dist-gan/gradients`: an
 * operation whose second-order gradient is not proved right is an error inside a penalty.
 *
 * Each sample's output must depend on that sample alone. Batch normalisation in the discriminator breaks
 * this: the penalty then also holds the influence of a sample on its neighbours' outputs.
 *
 * @param arguments_ `discriminate`: samples to outputs without a sigmoid, of any shape (several outputs
 *   per sample are summed); `samples`: `[batch, ...sampleShape]`, float32
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when the samples are missing or empty
 * @throws OptionError when the norm is missing or unknown, or the target negative
 * @throws GradientError when `discriminate` uses an operation without a proved second-order gradient
 * @see Gulrajani et al., "Improved training of Wasserstein GANs", 2017, arXiv 1704.00028, Eq 3;
 *   Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Eq 5; distgan_image/distgan.py:184-189
 */
export function gradientPenalty(
  arguments_: {
    readonly discriminate: (samples: tf.Tensor) => tf.Tensor;
    readonly samples: tf.Tensor;
  },
  options: GradientPenaltyOptions,
): tf.Scalar {
  // Callers in JavaScript may leave the options out.
  const { norm, target = 1 } = (options as GradientPenaltyOptions | undefined) ?? { norm: undefined! };
  const { discriminate, samples } = arguments_;
  requireChoice('gradientPenalty', 'norm', norm, ['rms', 'l2', 'squared']);
  requireNonNegative('gradientPenalty', 'target', target);
  requireTensors('gradientPenalty', { samples });
  return tf.tidy(() => {
    const gradients = tf.grad(discriminate)(samples);
    const squares = tf.square(tf.reshape(gradients, [samples.shape[0], -1]));
    const size = norm === 'rms' ? tf.mean(squares, 1) : tf.sum(squares, 1);
    const measured = norm === 'squared' ? size : tf.sqrt(tf.add(size, insideRoot));
    return tf.mean<tf.Scalar>(tf.square(tf.sub(measured, target)));
  });
}
