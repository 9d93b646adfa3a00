import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerArguments } from '../layer-options.js';
import { oneTensor } from '../one-tensor.js';

const epsilon = 1e-8;

/** The layer that {@link pixelNorm} makes. */
export class PixelNorm extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanPixelNorm';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon)));
    });
  }
}

/**
 * Pixel norm,
 *
 *     x / sqrt(mean(x^2) + 1e-8)
 *
 * with the mean over the channels (the last axis) of each pixel. It has no weights.
 *
 * @see Karras et al.: Progressive growing of GANs, arXiv:1710.10196, section 4.2
 */
export function pixelNorm(options: LayerArguments = {}): layers.Layer {
  return new PixelNorm(options);
}
