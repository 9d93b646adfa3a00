import type { PhaseContext, PhaseInput } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';

/** What an encoder with a variance draws its codes with. */
export const latentNoise: PhaseInput = { name: 'noise', kind: 'normal', of: 'latents', draw: 'repeat' };

/** Codes of samples, drawn from the encoder's distribution with the phase's noise. */
export function sampleLatents(context: PhaseContext, samples: tf.Tensor): tf.Tensor2D {
  return drawLatents(context, context.encodeDistribution(samples));
}

export function drawLatents(
  context: PhaseContext,
  { mean, logVariance }: ReturnType<PhaseContext['encodeDistribution']>,
): tf.Tensor2D {
  return tf.tidy(() =>
    tf.add<tf.Tensor2D>(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), context.inputs.noise)),
  );
}
