import { nonNegative, oneOf, resolveOptions, type Regulariser } from '@dist-gan/core';
import { diversityPenalty as diversityPenaltyLoss, largestSteepness } from '@dist-gan/losses';
import * as v from 'valibot';

const id = 'diversity-penalty';

const schema = v.strictObject({
  /** Default of our own: the paper's is not known here; the implementation that the formula is from has 10. */
  weight: v.optional(nonNegative, 1),
  /** How steeply cosines become similarities, from 0 to 80. */
  steepness: v.optional(
    v.pipe(nonNegative, v.maxValue(largestSteepness, `must be ${largestSteepness} at most`)),
    5,
  ),
  /** What generated samples are compared by: discriminator `features` (default), or `samples` as they are. */
  space: v.optional(oneOf(['features', 'samples']), 'features'),
});

export type DiversityPenaltyOptions = v.InferInput<typeof schema>;

/**
 * DpGAN's diversity penalty as a part of a method: different latents are to become samples with different features.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Pei, Xu, Xiang, Meng, "Alleviating mode collapse in GAN via diversity penalty module", 2021, arXiv 2108.02353
 */
export function diversityPenalty(options?: DiversityPenaltyOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { weight, steepness, space } = resolved;
  return {
    id,
    title: 'Diversity penalty',
    source: {
      title: 'Pei, Xu, Xiang, Meng: Alleviating mode collapse in GAN via diversity penalty module',
      year: 2021,
      reference: 'arXiv:2108.02353',
      code: 'ThViviani/reduce-mode-collapse-in-gan (an independent implementation)',
    },
    options: resolved,
    term: 'diversityPenalty',
    phase: 'generator',
    weight,
    reads: ['latents'],
    comparesRows: space === 'features',
    loss(batch) {
      const { samples } = batch.generated();
      const features = space === 'features' ? batch.discriminate(samples).features : samples;
      return diversityPenaltyLoss({ latents: batch.latents, features }, { steepness });
    },
  };
}
