import type { Method, OptimizerOptions, PhaseContext, PhaseLoss, Role } from '@dist-gan/core';
import type * as tf from '@tensorflow/tfjs-core';

export const twoNetworks: readonly Role[] = [
  { id: 'generator', kind: 'generator' },
  { id: 'discriminator', kind: 'discriminator' },
];

/** What a discriminator's loss is made of. */
export interface DiscriminatorBatch {
  readonly real: tf.Tensor;
  readonly fake: tf.Tensor;
  readonly realLogits: tf.Tensor2D;
  readonly fakeLogits: tf.Tensor2D;
}

/**
 * The phases of a method with a generator and a discriminator: so many updates of the discriminator, each
 * with data and latents of its own, then one of the generator.
 */
export function twoNetworkPhases(parts: {
  readonly optimizer: OptimizerOptions;
  readonly discriminatorSteps: number;
  /** Whether the discriminator's phase needs `inputs.coefficients`. */
  readonly interpolates?: boolean;
  readonly discriminatorLoss: (batch: DiscriminatorBatch, context: PhaseContext) => PhaseLoss;
  readonly afterDiscriminator?: (context: PhaseContext) => void;
  readonly generatorLoss: (fakeLogits: tf.Tensor2D) => tf.Scalar;
}): Method['phases'] {
  const { optimizer, discriminatorLoss, generatorLoss, afterDiscriminator } = parts;
  return [
    {
      name: 'discriminator',
      updates: ['discriminator'],
      repeats: parts.discriminatorSteps,
      optimizer,
      inputs: [
        { name: 'real', kind: 'real', draw: 'repeat' },
        { name: 'latents', kind: 'latents', draw: 'repeat' },
        ...(parts.interpolates ? [{ name: 'coefficients', kind: 'uniform', draw: 'repeat' } as const] : []),
      ],
      loss(context) {
        const { real, latents } = context.inputs;
        const fake = context.generate(latents as tf.Tensor2D).samples;
        const realLogits = context.discriminate(real).logits;
        const fakeLogits = context.discriminate(fake).logits;
        return discriminatorLoss({ real, fake, realLogits, fakeLogits }, context);
      },
      ...(afterDiscriminator === undefined ? {} : { after: afterDiscriminator }),
    },
    {
      name: 'generator',
      updates: ['generator'],
      repeats: 1,
      optimizer,
      inputs: [{ name: 'latents', kind: 'latents', draw: 'repeat' }],
      loss(context) {
        const fake = context.generate(context.inputs.latents as tf.Tensor2D).samples;
        const adversarial = generatorLoss(context.discriminate(fake).logits);
        return { total: adversarial, terms: { adversarial } };
      },
    },
  ];
}
