import * as tf from '@tensorflow/tfjs-core';
import { ShapeError } from '@dist-gan/core';
import { requireSameShape, requireTensors } from '../checks/require-tensors.js';

/**
 * Points on the lines between real and generated samples, where gradient penalties are taken.
 *
 *     coefficient x + (1 - coefficient) G(z), one coefficient per sample
 *
 * @param tensors `realSamples` and `fakeSamples`: `[batch, ...sampleShape]`, float32, equal shapes;
 *   `coefficients`: `[batch]` or `[batch, 1]`, from U[0, 1)
 * @returns a tensor of the samples' shape; the caller disposes it
 * @throws ShapeError when the samples' shapes differ or there is not one coefficient per sample
 * @see Gulrajani et al., "Improved training of Wasserstein GANs", 2017, arXiv 1704.00028, Algorithm 1
 */
export function interpolate<Samples extends tf.Tensor>(tensors: {
  readonly realSamples: Samples;
  readonly fakeSamples: Samples;
  readonly coefficients: tf.Tensor;
}): Samples {
  const { realSamples, fakeSamples, coefficients } = tensors;
  requireSameShape('interpolate', { realSamples, fakeSamples });
  requireTensors('interpolate', { coefficients });
  const batch = realSamples.shape[0];
  if (coefficients.shape[0] !== batch || coefficients.size !== batch) {
    throw new ShapeError(
      `interpolate: coefficients has shape [${coefficients.shape.join(', ')}], wanted one number per sample: [${batch}, 1]`,
      'coefficients',
      coefficients.shape,
      `[${batch}, 1]`,
    );
  }
  return tf.tidy(() => {
    const perSample = tf.reshape(
      coefficients,
      realSamples.shape.map((size, axis) => (axis === 0 ? size : 1)),
    );
    return tf.add<Samples>(tf.mul(perSample, tf.sub(realSamples, fakeSamples)), fakeSamples);
  });
}
