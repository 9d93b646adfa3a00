import { nonNegative, resolveOptions, type PhaseBatch, type Regulariser } from '@dist-gan/core';
import { squaredGradient } from '@dist-gan/losses';
import type * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';

const schema = v.strictObject({
  /**
   * The penalty's weight is half of it. Default 10, that of the paper. (Its code has 10 as the weight itself, a gamma of 20.) Of images in
   * [-1, 1]; in [0, 1] slopes are twice as steep, and a quarter of it is the same.
   */
  gamma: v.optional(nonNegative, 10),
});

export type ZeroCentredPenaltyOptions = v.InferInput<typeof schema>;

/**
 * R1: the squared length of the discriminator's gradient at real samples, times gamma / 2.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Mescheder et al., "Which training methods for GANs do actually converge?", 2018, arXiv 1801.04406, Eq 9
 */
export function r1(options?: ZeroCentredPenaltyOptions): Regulariser {
  return zeroCentredPenalty('r1', ['real'], (batch) => batch.real, options);
}

/**
 * R2: the same at generated samples.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Mescheder et al., "Which training methods for GANs do actually converge?", 2018, arXiv 1801.04406, Eq 10
 */
export function r2(options?: ZeroCentredPenaltyOptions): Regulariser {
  return zeroCentredPenalty('r2', ['latents'], (batch) => batch.generated().samples, options);
}

function zeroCentredPenalty(
  id: 'r1' | 'r2',
  reads: Regulariser['reads'],
  samplesOf: (batch: PhaseBatch) => tf.Tensor,
  options?: ZeroCentredPenaltyOptions,
): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  return {
    id,
    title: id === 'r1' ? 'R1: gradients at real samples' : 'R2: gradients at generated samples',
    source: {
      title: 'Mescheder, Geiger, Nowozin: Which training methods for GANs do actually converge?',
      year: 2018,
      reference: 'arXiv:1801.04406',
    },
    options: resolved,
    term: id,
    phase: 'discriminator',
    weight: resolved.gamma / 2,
    reads,
    loss: (batch, context) =>
      squaredGradient({
        discriminate: (samples) => context.discriminate(samples).logits,
        samples: samplesOf(batch),
      }),
  };
}
