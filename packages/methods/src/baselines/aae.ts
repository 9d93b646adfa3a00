import { nonNegative, oneOf, positiveInteger, resolveOptions, type Method } from '@dist-gan/core';
import {
  minimaxDiscriminatorLoss,
  nonSaturatingGeneratorLoss,
  squaredErrorReconstructionLoss,
} from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { discriminatorRole } from '../composition/discriminator-role.js';
import { adam, adamEntries } from '../options/adam.js';
import { drawn } from './autoencoder-discriminator.js';

const schema = v.strictObject({
  /** How samples are compared: by `absolute` differences (default, as in much of the code in use) or by their `squares`. */
  reconstructionError: v.optional(oneOf(['absolute', 'squares']), 'absolute'),
  /** Weight of the reconstruction. */
  reconstructionWeight: v.optional(nonNegative, 0.999),
  /** Weight of what the codes are judged to be. */
  adversarialWeight: v.optional(nonNegative, 0.001),
  /** How many latents the discriminator judges together, as PacGAN does; the batch must be a multiple. */
  packing: v.optional(positiveInteger, 1),
  ...adamEntries({ learningRate: 2e-4, beta1: 0.5, beta2: 0.999 }),
});

export type AaeOptions = v.InferInput<typeof schema>;

/**
 * Adversarial auto-encoder: a discriminator of latents makes the codes of samples lie as latents do, so that the decoder is a
 * generator.
 *
 *     autoencoder    reconstructionWeight |x - G(E(x))| + adversarialWeight mean softplus(-D(E(x)))
 *     discriminator  mean softplus(-D(z)) + mean softplus(D(E(x)))
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Makhzani et al., "Adversarial autoencoders", 2015, arXiv 1511.05644; code: eriklindernoren/PyTorch-GAN aae.py
 */
export function aae(options?: AaeOptions): Method {
  const resolved = resolveOptions(schema, options, 'aae');
  const { reconstructionWeight, adversarialWeight } = resolved;
  const optimizer = adam(resolved);
  const difference = (target: tf.Tensor, reconstruction: tf.Tensor): tf.Scalar =>
    resolved.reconstructionError === 'squares'
      ? squaredErrorReconstructionLoss({ target, reconstruction })
      : tf.tidy(() => tf.mean<tf.Scalar>(tf.abs(tf.sub(target, reconstruction))));
  return {
    id: 'aae',
    title: 'Adversarial auto-encoder',
    source: {
      title: 'Makhzani, Shlens, Jaitly, Goodfellow, Frey: Adversarial autoencoders',
      year: 2015,
      reference: 'arXiv:1511.05644',
      code: 'eriklindernoren/PyTorch-GAN aae.py',
    },
    options: resolved,
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'encoder', kind: 'encoder' },
      discriminatorRole('discriminator', resolved.packing, 'latent-discriminator'),
    ],
    phases: [
      {
        name: 'autoencoder',
        updates: ['encoder', 'generator'],
        repeats: 1,
        optimizer,
        inputs: drawn('real'),
        loss(context) {
          const { real } = context.inputs;
          const codes = context.encode(real);
          const reconstruction = difference(real, context.generate(codes).samples);
          const adversarial = nonSaturatingGeneratorLoss({ fakeLogits: context.discriminate(codes).logits });
          return {
            total: tf.add<tf.Scalar>(
              tf.mul(reconstructionWeight, reconstruction),
              tf.mul(adversarialWeight, adversarial),
            ),
            terms: { reconstruction, adversarial },
          };
        },
      },
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: 1,
        optimizer,
        inputs: drawn('real', 'latents'),
        loss(context) {
          const adversarial = minimaxDiscriminatorLoss({
            realLogits: context.discriminate(context.inputs.latents).logits,
            fakeLogits: context.discriminate(context.encode(context.inputs.real)).logits,
          });
          return { total: adversarial, terms: { adversarial } };
        },
      },
    ],
  };
}
