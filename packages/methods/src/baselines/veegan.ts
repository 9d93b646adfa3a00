import { nonNegative, positiveInteger, resolveOptions, type Method, type PhaseContext } from '@dist-gan/core';
import { minimaxDiscriminatorLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { discriminatorRole } from '../composition/discriminator-role.js';
import { adam, adamEntries } from '../options/adam.js';
import { drawn } from './autoencoder-discriminator.js';
import { latentNoise, sampleLatents } from './latent-noise.js';

const schema = v.strictObject({
  /** Weight of the reconstruction of latents. */
  reconstructionWeight: v.optional(nonNegative, 1),
  /** How many pairs the discriminator judges together, as PacGAN does; the batch must be a multiple. */
  packing: v.optional(positiveInteger, 1),
  ...adamEntries({ learningRate: 1e-3, beta1: 0.5, beta2: 0.999 }),
});

export type VeeganOptions = v.InferInput<typeof schema>;

/**
 * VEEGAN: a reconstructor F is to find the latents of generated samples, and to make the prior of real ones; a discriminator of
 * pairs holds both to it. A mode that the generator drops has no latents that lead to it.
 *
 *     discriminator                mean softplus(-D(G(z), z)) + mean softplus(D(x, F(x)))
 *     generator and reconstructor  mean D(G(z), z) + reconstructionWeight mean |z - F(G(z))|^2
 *
 * with codes drawn from the reconstructor's distribution. The first term has no gradient of the reconstructor, so that it is
 * trained on the second alone, as the algorithm says. The optimiser's defaults are ours.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Srivastava et al., "VEEGAN: reducing mode collapse in GANs using implicit variational learning", 2017, arXiv 1705.07761,
 *   Algorithm 1
 */
export function veegan(options?: VeeganOptions): Method {
  const resolved = resolveOptions(schema, options, 'veegan');
  const optimizer = adam(resolved);
  const pair = (context: PhaseContext) => {
    const latents = context.inputs.latents as tf.Tensor2D;
    return { samples: context.generate(latents).samples, latents };
  };
  return {
    id: 'veegan',
    title: 'VEEGAN',
    source: {
      title:
        'Srivastava, Valkov, Russell, Gutmann, Sutton: VEEGAN, reducing mode collapse in GANs using implicit variational learning',
      year: 2017,
      reference: 'arXiv:1705.07761',
    },
    options: resolved,
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'encoder', kind: 'gaussian-encoder' },
      discriminatorRole('discriminator', resolved.packing, 'joint-discriminator'),
    ],
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: 1,
        optimizer,
        inputs: [...drawn('real', 'latents'), latentNoise],
        loss(context) {
          const { real } = context.inputs;
          const encoded = { samples: real, latents: sampleLatents(context, real) };
          const adversarial = minimaxDiscriminatorLoss({
            realLogits: context.discriminate(pair(context)).logits,
            fakeLogits: context.discriminate(encoded).logits,
          });
          return { total: adversarial, terms: { adversarial } };
        },
      },
      {
        name: 'generator',
        updates: ['generator', 'encoder'],
        repeats: 1,
        optimizer,
        inputs: [...drawn('latents'), latentNoise],
        loss(context) {
          const generated = pair(context);
          const adversarial = tf.mean<tf.Scalar>(context.discriminate(generated).logits);
          const found = sampleLatents(context, generated.samples);
          const reconstruction = tf.mean<tf.Scalar>(
            tf.sum(tf.squaredDifference(generated.latents, found), 1),
          );
          return {
            total: tf.add<tf.Scalar>(adversarial, tf.mul(resolved.reconstructionWeight, reconstruction)),
            terms: { adversarial, reconstruction },
          };
        },
      },
    ],
  };
}
