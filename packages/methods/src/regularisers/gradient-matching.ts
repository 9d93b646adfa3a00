import { nonNegative, oneOf, resolveOptions, type Regulariser } from '@dist-gan/core';
import { gradientMatching as gradientMatchingLoss } from '@dist-gan/losses';
import * as v from 'valibot';
import { gnGanSource } from '../gn-gan/source.js';

const id = 'gradient-matching';

export const gradientMatchingEntries = {
  weight: v.optional(nonNegative, 1),
  /** Weight of the difference of the mean gradients, lambda_m^1. */
  gradientWeight: v.optional(nonNegative, 1),
  /** Weight of the difference of the mean products of gradient and sample, lambda_m^2. */
  productWeight: v.optional(nonNegative, 1),
  /** Of what the gradient is taken: the `sigmoid` score (default), as the score distance is, or the `logit`. */
  of: v.optional(oneOf(['sigmoid', 'logit']), 'sigmoid'),
  /** What the first term compares: mean `gradients` (default, the paper) or mean `norms`. */
  compare: v.optional(oneOf(['gradients', 'norms']), 'gradients'),
};

const schema = v.strictObject(gradientMatchingEntries);

export type GradientMatchingOptions = v.InferInput<typeof schema>;

/**
 * GN-GAN's gradient matching as a part of a method: the discriminator's slope at generated samples is that at real ones.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Tran, Bui, Cheung, "Improving GAN with neighbors embedding and gradient matching", 2019, arXiv 1811.01333, Eq 13
 */
export function gradientMatching(options?: GradientMatchingOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { weight, ...loss } = resolved;
  return {
    id,
    title: 'Gradient matching',
    source: gnGanSource,
    options: resolved,
    term: 'gradientMatching',
    phase: 'generator',
    weight,
    reads: ['real', 'latents'],
    loss: (batch, context) =>
      gradientMatchingLoss(
        {
          discriminate: (samples) => context.discriminate(samples).logits,
          realSamples: batch.real,
          fakeSamples: batch.generated().samples,
        },
        loss,
      ).total,
  };
}
