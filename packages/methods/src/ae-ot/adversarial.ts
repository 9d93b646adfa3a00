import type { Method, PhaseContext, PhaseInput, PhaseLoss, Source } from '@dist-gan/core';
import {
  hingeDiscriminatorLoss,
  hingeGeneratorLoss,
  minimaxDiscriminatorLoss,
  nonSaturatingGeneratorLoss,
  squaredErrorReconstructionLoss,
} from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';

export const aeOtGanSource: Source = {
  title: 'An, Guo, Zhang, Qi, Lei, Gu: AE-OT-GAN: Training GANs from data specific latent distribution',
  year: 2020,
  reference: 'arXiv:2001.03698',
};

export interface AdversarialOptions {
  readonly discriminatorLoss: 'hinge' | 'log';
  readonly adversarialPairs: boolean;
  readonly contentWeight: number;
  readonly featureWeight: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** Latents of the map; codes of samples; and the samples that have these codes. */
const inputs: readonly PhaseInput[] = [
  { name: 'transported', kind: 'stage', tensor: 'transported', of: 'latents', draw: 'repeat' },
  { name: 'codes', kind: 'stage', tensor: 'codes', of: 'latents', draw: 'repeat' },
  { name: 'real', kind: 'stage', tensor: 'members', of: 'samples', draw: 'repeat' },
];

/**
 * The adversarial stage of AE-OT-GAN. With samples x, their codes z (fixed: they are data), latents t of the transport map,
 *
 *     discriminator  real(D(x)) + 1/2 fake(D(G(t))) + 1/2 fake(D(G(z)))
 *     generator      adversarial(D(G(t))) [+ adversarial(D(G(z)))]
 *                    + contentWeight mean |x - G(z)|^2 + featureWeight mean |Phi(x) - Phi(G(z))|^2
 *
 * What is known of the paper: G begins where AE-OT ends, its input is the transported distribution, pairs of code and sample
 * give a content and a feature loss, and D judges what is made of given codes and of new ones. **Everything else is a
 * reconstruction of ours:** how the parts are put together and weighed, the form of the adversarial losses, Phi being the
 * discriminator's features, and all settings.
 */
export function adversarial(options: AdversarialOptions): Method {
  const { discriminatorLoss, adversarialPairs, contentWeight, featureWeight, ...rates } = options;
  const optimizer = { id: 'adam', ...rates } as const;
  const deceive = discriminatorLoss === 'hinge' ? hingeGeneratorLoss : nonSaturatingGeneratorLoss;
  const judge = discriminatorLoss === 'hinge' ? hingeDiscriminatorLoss : minimaxDiscriminatorLoss;
  const generate = (context: PhaseContext, input: 'transported' | 'codes') =>
    context.generate(context.inputs[input] as tf.Tensor2D).samples;
  return {
    id: 'ae-ot-gan-adversarial',
    title: 'Adversarial stage of AE-OT-GAN',
    source: aeOtGanSource,
    options: { ...options },
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'discriminator', kind: 'discriminator' },
    ],
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: 1,
        optimizer,
        inputs,
        loss(context): PhaseLoss {
          const realLogits = context.discriminate(context.inputs.real).logits;
          const against = (input: 'transported' | 'codes') =>
            judge({ realLogits, fakeLogits: context.discriminate(generate(context, input)).logits });
          const transported = against('transported');
          const paired = against('codes');
          return {
            // Both halves hold the real samples: together they have the weight 1.
            total: tf.mul<tf.Scalar>(0.5, tf.add(transported, paired)),
            terms: { transported, paired },
          };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer,
        inputs,
        loss(context): PhaseLoss {
          const { real } = context.inputs;
          const reconstructed = generate(context, 'codes');
          const judged = context.discriminate(reconstructed);
          const transported = deceive({
            fakeLogits: context.discriminate(generate(context, 'transported')).logits,
          });
          const content = squaredErrorReconstructionLoss({ target: real, reconstruction: reconstructed });
          const features = squaredErrorReconstructionLoss({
            target: context.discriminate(real).features,
            reconstruction: judged.features,
          });
          const paired = adversarialPairs ? deceive({ fakeLogits: judged.logits }) : undefined;
          const total = tf.addN<tf.Scalar>([
            transported,
            ...(paired === undefined ? [] : [paired]),
            tf.mul<tf.Scalar>(contentWeight, content),
            tf.mul<tf.Scalar>(featureWeight, features),
          ]);
          return { total, terms: { transported, ...(paired && { paired }), content, features } };
        },
      },
    ],
  };
}
