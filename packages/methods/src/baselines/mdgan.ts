import { nonNegative, positiveInteger, resolveOptions, type Method, type PhaseContext } from '@dist-gan/core';
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
  /** Weight of the manifold discriminator's score in the auto-encoder's loss. */
  scoreWeight: v.optional(nonNegative, 1e-2),
  /** How many samples each discriminator judges together, as PacGAN does; the batch must be a multiple. */
  packing: v.optional(positiveInteger, 1),
  ...adamEntries({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 }),
});

export type MdganOptions = v.InferInput<typeof schema>;

/**
 * MDGAN: an auto-encoder is first drawn to the manifold of the data by one discriminator; then generated samples are drawn to
 * its reconstructions by another. In this order,
 *
 *     manifold        softplus(-D1(x)) + softplus(D1(x_r))                     the first discriminator
 *     reconstruction  mean (x - x_r)^2 - scoreWeight mean sigmoid(D1(x_r))     encoder and generator
 *     diffusion       softplus(-D2(x_r)) + softplus(D2(G(z)))                  the second discriminator
 *     generator       softplus(-D2(G(z)))
 *
 * x_r being reconstructions. As in the comparison in Dist-GAN's one-dimensional code.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Che et al., "Mode regularized generative adversarial networks", 2016, arXiv 1612.02136
 * @see code: tntrung/gan 6e67fe3 distgan_toy1d/gan.py:181-203
 */
export function mdgan(options?: MdganOptions): Method {
  const resolved = resolveOptions(schema, options, 'mdgan');
  const optimizer = adam(resolved);
  const reconstruct = (context: PhaseContext) =>
    context.generate(context.encode(context.inputs.real)).samples;
  const generate = (context: PhaseContext) => context.generate(context.inputs.latents as tf.Tensor2D).samples;
  return {
    id: 'mdgan',
    title: 'MDGAN',
    source: {
      title: 'Che, Li, Jacob, Bengio, Li: Mode regularized generative adversarial networks',
      year: 2016,
      reference: 'arXiv:1612.02136',
      code: 'tntrung/gan 6e67fe3 distgan_toy1d/gan.py:181-203',
    },
    options: resolved,
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'encoder', kind: 'encoder' },
      discriminatorRole('manifold-discriminator', resolved.packing),
      discriminatorRole('diffusion-discriminator', resolved.packing),
    ],
    phases: [
      {
        name: 'manifold',
        updates: ['manifold-discriminator'],
        repeats: 1,
        optimizer,
        inputs: drawn('real'),
        loss(context) {
          const judge = (samples: tf.Tensor) =>
            context.discriminate(samples, 'manifold-discriminator').logits;
          const adversarial = minimaxDiscriminatorLoss({
            realLogits: judge(context.inputs.real),
            fakeLogits: judge(reconstruct(context)),
          });
          return { total: adversarial, terms: { adversarial } };
        },
      },
      {
        name: 'reconstruction',
        updates: ['encoder', 'generator'],
        repeats: 1,
        optimizer,
        inputs: drawn('real'),
        loss(context) {
          const samples = reconstruct(context);
          const { logits } = context.discriminate(samples, 'manifold-discriminator');
          const reconstruction = squaredErrorReconstructionLoss({
            target: context.inputs.real,
            reconstruction: samples,
          });
          const score = tf.tidy(() => tf.mean<tf.Scalar>(tf.sigmoid(logits)));
          return {
            total: tf.sub<tf.Scalar>(reconstruction, tf.mul(resolved.scoreWeight, score)),
            terms: { reconstruction, score },
          };
        },
      },
      {
        name: 'diffusion',
        updates: ['diffusion-discriminator'],
        repeats: 1,
        optimizer,
        inputs: drawn('real', 'latents'),
        loss(context) {
          const judge = (samples: tf.Tensor) =>
            context.discriminate(samples, 'diffusion-discriminator').logits;
          const adversarial = minimaxDiscriminatorLoss({
            realLogits: judge(reconstruct(context)),
            fakeLogits: judge(generate(context)),
          });
          return { total: adversarial, terms: { adversarial } };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer,
        inputs: drawn('latents'),
        loss(context) {
          const { logits } = context.discriminate(generate(context), 'diffusion-discriminator');
          const adversarial = nonSaturatingGeneratorLoss({ fakeLogits: logits });
          return { total: adversarial, terms: { adversarial } };
        },
      },
    ],
  };
}
