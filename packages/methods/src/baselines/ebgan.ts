import {
  nonNegative,
  oneOf,
  positiveInteger,
  resolveOptions,
  type AutoencoderOutput,
  type Method,
  type PhaseLoss,
} from '@dist-gan/core';
import { pullAwayTerm } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { adam, adamEntries } from '../options/adam.js';
import { autoencoderNetworks, drawn, reconstructionErrors } from './autoencoder-discriminator.js';

const schema = v.strictObject({
  /**
   * Above which error generated samples are no longer pushed away. Default 1, for points in [0, 1]; for images more, or they never are:
   * the margin of 1 of much of the code in use, whose errors are smaller by the root of the batch, is 8 here in batches of 64.
   */
  margin: v.optional(nonNegative, 1),
  /** Weight of the pulling-away term in the generator's loss; 0 leaves it out. */
  pullAwayWeight: v.optional(nonNegative, 0.1),
  /** What that term is of; see `pullAwayTerm` of `@dist-gan/losses`. */
  pullAwayOf: v.optional(oneOf(['squared-cosine', 'cosine']), 'squared-cosine'),
  /** Discriminator updates in one training step. */
  discriminatorSteps: v.optional(positiveInteger, 1),
  ...adamEntries({ learningRate: 1e-3, beta1: 0.5, beta2: 0.999 }),
});

export type EbganOptions = v.InferInput<typeof schema>;

/**
 * EBGAN: an auto-encoder as the discriminator, which reconstructs real samples well and generated ones badly.
 *
 *     discriminator  R(x) + max(0, margin - R(G(z)))
 *     generator      R(G(z)) + pullAwayWeight pulling-away term of the codes of G(z)
 *
 * with R the root of the squared error, on average over samples. (Code in use takes the root of the sum over the batch, and divides it by
 * the batch.)
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Zhao, Mathieu, LeCun, "Energy-based generative adversarial network", 2016, arXiv 1609.03126, Eq 1, 2 and 4
 */
export function ebgan(options?: EbganOptions): Method {
  const resolved = resolveOptions(schema, options, 'ebgan');
  const { margin, pullAwayWeight, pullAwayOf } = resolved;
  const error = (autoencoded: AutoencoderOutput) =>
    tf.mean<tf.Scalar>(reconstructionErrors(autoencoded, 'length'));
  return {
    id: 'ebgan',
    title: 'EBGAN',
    source: {
      title: 'Zhao, Mathieu, LeCun: Energy-based generative adversarial network',
      year: 2016,
      reference: 'arXiv:1609.03126',
      code: 'hwalsuklee/tensorflow-generative-model-collections EBGAN.py',
    },
    options: resolved,
    roles: autoencoderNetworks,
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: resolved.discriminatorSteps,
        optimizer: adam(resolved),
        inputs: drawn('real', 'latents'),
        loss(context) {
          const { real, latents } = context.inputs;
          const fake = context.generate(latents as tf.Tensor2D).samples;
          const ofReal = error(context.autoencode(real));
          const ofFake = error(context.autoencode(fake));
          const total = tf.add<tf.Scalar>(ofReal, tf.relu(tf.sub(margin, ofFake)));
          return { total, terms: { real: ofReal, fake: ofFake } };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer: adam(resolved),
        inputs: drawn('latents'),
        loss(context): PhaseLoss {
          const fake = context.generate(context.inputs.latents as tf.Tensor2D).samples;
          const autoencoded = context.autoencode(fake);
          const ofFake = error(autoencoded);
          if (pullAwayWeight === 0) return { total: ofFake, terms: { fake: ofFake } };
          const pullAway = pullAwayTerm({ codes: autoencoded.code }, { of: pullAwayOf });
          return {
            total: tf.add<tf.Scalar>(ofFake, tf.mul(pullAwayWeight, pullAway)),
            terms: { fake: ofFake, pullAway },
          };
        },
      },
    ],
  };
}
