import { nonNegative, oneOf, resolveOptions, type Regulariser } from '@dist-gan/core';
import { gradientPenalty as gradientPenaltyLoss, interpolate } from '@dist-gan/losses';
import * as v from 'valibot';

const id = 'gradient-penalty';

const schema = v.strictObject({
  weight: v.optional(nonNegative, 10),
  /** How a gradient is measured; see `gradientPenalty` of `@dist-gan/losses`. Default `l2`, that of WGAN-GP. */
  norm: v.optional(oneOf(['rms', 'l2', 'squared']), 'l2'),
  /** What the norm is drawn to. */
  target: v.optional(nonNegative, 1),
  /** `minus`: the discriminator maximises the penalty, as Dist-GAN's released hinge code does by a slip. */
  sign: v.optional(oneOf(['plus', 'minus']), 'plus'),
});

export type GradientPenaltyOptions = v.InferInput<typeof schema>;

/**
 * A penalty on the discriminator's gradient at points between real and generated samples.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Gulrajani et al., "Improved training of Wasserstein GANs", 2017, arXiv 1704.00028, Eq 3
 */
export function gradientPenalty(options?: GradientPenaltyOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { weight, norm, target, sign } = resolved;
  return {
    id,
    title: 'Gradient penalty',
    source: {
      title: 'Gulrajani et al.: Improved training of Wasserstein GANs',
      year: 2017,
      reference: 'arXiv:1704.00028',
      code: 'github.com/igul222/improved_wgan_training',
    },
    options: resolved,
    term: 'gradientPenalty',
    phase: 'discriminator',
    weight: sign === 'plus' ? weight : -weight,
    reads: ['real', 'latents'],
    inputs: [{ name: 'coefficients', kind: 'uniform', draw: 'repeat' }],
    loss(batch, context) {
      const samples = interpolate({
        realSamples: batch.real,
        fakeSamples: batch.generated().samples,
        coefficients: context.inputs.coefficients,
      });
      return gradientPenaltyLoss(
        { discriminate: (x) => context.discriminate(x).logits, samples },
        { norm, target },
      );
    },
  };
}
