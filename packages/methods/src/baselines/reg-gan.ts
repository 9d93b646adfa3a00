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
  /** Weight of the reconstruction, lambda_1. */
  reconstructionWeight: v.optional(nonNegative, 1e-2),
  /** Weight of what the discriminator says of reconstructions, lambda_2. */
  scoreWeight: v.optional(nonNegative, 1e-2),
  /**
   * What that is: `log-score`, `-log sigmoid(D(x_r))` (default, the paper), or `as-released`, `sigmoid(D(x_r))`, by which Dist-GAN's
   * one-dimensional code lowers the score of reconstructions.
   */
  score: v.optional(oneOf(['log-score', 'as-released']), 'log-score'),
  /** How many samples the discriminator judges together, as PacGAN does; the batch must be a multiple. */
  packing: v.optional(positiveInteger, 1),
  ...adamEntries({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 }),
});

export type RegGanOptions = v.InferInput<typeof schema>;

/**
 * Reg-GAN, the mode regularised GAN without its manifold step: the generator is an auto-encoder's decoder as well, and what it
 * makes of codes is to be like the data and to look real, so that it is drawn to every mode that the data have.
 *
 *     discriminator          mean softplus(-D(x)) + mean softplus(D(G(z)))
 *     generator and encoder  mean softplus(-D(G(z))) + reconstructionWeight mean (x - x_r)^2 + scoreWeight mean softplus(-D(x_r))
 *
 * with x_r = G(E(x)). Weights are those of the comparison in Dist-GAN's code.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Che et al., "Mode regularized generative adversarial networks", 2016, arXiv 1612.02136, section 3.1 and 3.2
 * @see code: tntrung/gan 6e67fe3 distgan_toy1d/gan.py:163-179
 */
export function regGan(options?: RegGanOptions): Method {
  const resolved = resolveOptions(schema, options, 'reg-gan');
  const { reconstructionWeight, scoreWeight, score } = resolved;
  const optimizer = adam(resolved);
  return {
    id: 'reg-gan',
    title: 'Reg-GAN',
    source: {
      title: 'Che, Li, Jacob, Bengio, Li: Mode regularized generative adversarial networks',
      year: 2016,
      reference: 'arXiv:1612.02136',
      code: 'tntrung/gan 6e67fe3 distgan_toy1d/gan.py:163-179',
    },
    options: resolved,
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'encoder', kind: 'encoder' },
      discriminatorRole('discriminator', resolved.packing),
    ],
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: 1,
        optimizer,
        inputs: drawn('real', 'latents'),
        loss(context) {
          const { samples } = context.generate(context.inputs.latents as tf.Tensor2D);
          const adversarial = minimaxDiscriminatorLoss({
            realLogits: context.discriminate(context.inputs.real).logits,
            fakeLogits: context.discriminate(samples).logits,
          });
          return { total: adversarial, terms: { adversarial } };
        },
      },
      {
        name: 'generator',
        updates: ['generator', 'encoder'],
        repeats: 1,
        optimizer,
        inputs: drawn('real', 'latents'),
        loss(context) {
          const { real, latents } = context.inputs;
          const { samples } = context.generate(latents as tf.Tensor2D);
          const reconstructed = context.generate(context.encode(real)).samples;
          const adversarial = nonSaturatingGeneratorLoss({
            fakeLogits: context.discriminate(samples).logits,
          });
          const reconstruction = squaredErrorReconstructionLoss({
            target: real,
            reconstruction: reconstructed,
          });
          const { logits } = context.discriminate(reconstructed);
          const ofScore =
            score === 'log-score'
              ? nonSaturatingGeneratorLoss({ fakeLogits: logits })
              : tf.mean<tf.Scalar>(tf.sigmoid(logits));
          const regularisation = tf.add(
            tf.mul(reconstructionWeight, reconstruction),
            tf.mul(scoreWeight, ofScore),
          );
          return {
            total: tf.add<tf.Scalar>(adversarial, regularisation),
            terms: { adversarial, reconstruction, score: ofScore },
          };
        },
      },
    ],
  };
}
