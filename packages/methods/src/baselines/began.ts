import {
  nonNegative,
  positiveInteger,
  resolveOptions,
  type AutoencoderOutput,
  type Method,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { adam, adamEntries } from '../options/adam.js';
import { autoencoderNetworks, drawn, reconstructionErrors } from './autoencoder-discriminator.js';

const schema = v.strictObject({
  /** The wanted ratio of the errors of generated and of real samples: more is more diverse, less looks better. */
  gamma: v.optional(v.pipe(nonNegative, v.maxValue(1, 'must be from 0 to 1')), 0.75),
  /** How fast k follows, lambda_k. */
  balanceRate: v.optional(nonNegative, 1e-3),
  /** Discriminator updates in one training step; k moves after each. */
  discriminatorSteps: v.optional(positiveInteger, 1),
  ...adamEntries({ learningRate: 1e-4, beta1: 0.5, beta2: 0.999 }),
});

export type BeganOptions = v.InferInput<typeof schema>;

/**
 * BEGAN: an auto-encoder as the discriminator, and a number k that keeps it in balance with the generator.
 *
 *     discriminator  L(x) - k L(G(z))
 *     generator      L(G(z))
 *     k              clip(k + balanceRate (gamma L(x) - L(G(z))), 0, 1), k = 0 at first
 *
 * with L the mean absolute error of the reconstruction. `convergence` in the log is L(x) + |gamma L(x) - L(G(z))|.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Berthelot, Schumm, Metz, "BEGAN: boundary equilibrium generative adversarial networks", 2017, arXiv 1703.10717
 */
export function began(options?: BeganOptions): Method {
  const resolved = resolveOptions(schema, options, 'began');
  const { gamma, balanceRate } = resolved;
  const error = (autoencoded: AutoencoderOutput) =>
    tf.mean<tf.Scalar>(reconstructionErrors(autoencoded, 'absolute'));
  return {
    id: 'began',
    title: 'BEGAN',
    source: {
      title: 'Berthelot, Schumm, Metz: BEGAN, boundary equilibrium generative adversarial networks',
      year: 2017,
      reference: 'arXiv:1703.10717',
      code: 'google/compare_gan 49495fd BEGAN.py:66-127',
    },
    options: resolved,
    roles: autoencoderNetworks,
    variables: { k: 0 },
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: resolved.discriminatorSteps,
        optimizer: adam(resolved),
        inputs: drawn('real', 'latents'),
        loss(context) {
          const { real, latents } = context.inputs;
          const samples = context.generate(latents as tf.Tensor2D).samples;
          const ofReal = error(context.autoencode(real));
          const ofFake = error(context.autoencode(samples));
          const balance = tf.sub<tf.Scalar>(tf.mul(gamma, ofReal), ofFake);
          const convergence = tf.add<tf.Scalar>(ofReal, tf.abs(balance));
          const total = tf.sub<tf.Scalar>(ofReal, tf.mul(context.variables.k, ofFake));
          return { total, terms: { real: ofReal, fake: ofFake, convergence } };
        },
        after: ({ variables: { k } }, { real, fake }) =>
          tf.tidy(() => {
            const balance = tf.sub(tf.mul(gamma, real), fake);
            k.assign(tf.clipByValue(tf.add(k, tf.mul(balanceRate, balance)), 0, 1));
          }),
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer: adam(resolved),
        inputs: drawn('latents'),
        loss(context) {
          const { samples } = context.generate(context.inputs.latents as tf.Tensor2D);
          const fake = error(context.autoencode(samples));
          return { total: fake, terms: { fake } };
        },
      },
    ],
  };
}
