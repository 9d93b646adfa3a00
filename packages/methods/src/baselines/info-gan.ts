import {
  OptionError,
  ShapeError,
  nonNegative,
  positive,
  resolveOptions,
  type DiscriminatorOutput,
  type Method,
  type PhaseContext,
} from '@dist-gan/core';
import { minimaxDiscriminatorLoss, nonSaturatingGeneratorLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { adam, adamEntries } from '../options/adam.js';
import { drawn } from './autoencoder-discriminator.js';

const count = v.pipe(
  nonNegative,
  v.check((value) => Number.isInteger(value), 'must be a whole number of 0 or more'),
);

const schema = v.strictObject({
  /** The category of a sample is the place of the largest of its first so many latents; 0 for none. Default 10. */
  categories: v.optional(count, 10),
  /** So many latents after these are to be found again as they are. Default 2. */
  continuous: v.optional(count, 2),
  /** Weight of the information, lambda. */
  informationWeight: v.optional(nonNegative, 1),
  /** Step size of the generator; `learningRate` is the discriminator's. */
  generatorLearningRate: v.optional(positive, 1e-3),
  ...adamEntries({ learningRate: 2e-4, beta1: 0.5, beta2: 0.999 }),
});

export type InfoGanOptions = v.InferInput<typeof schema>;

/**
 * InfoGAN: the discriminator has a second head, Q, that finds out which latents a generated sample was made of, so that some of them
 * come to mean something.
 *
 *     information    mean cross-entropy of the category + mean 1/2 |c - Q(G(z))|^2
 *     discriminator  mean softplus(-D(x)) + mean softplus(D(G(z))) + informationWeight information
 *     generator      mean softplus(-D(G(z))) + informationWeight information
 *
 * Latents are drawn alike here, whatever they are for: a category is the place of the largest of the first `categories` latents,
 * all places being equally likely, where the paper feeds one-hot vectors. To sample a category, draw latents until its place
 * is the largest. Q is trained with the discriminator, whose layers it shares, and the generator.
 *
 * @throws OptionError when an option is unknown or out of range, or there is nothing to be found
 * @see Chen et al., "InfoGAN: interpretable representation learning", 2016, arXiv 1606.03657, Eq 6
 */
export function infoGan(options?: InfoGanOptions): Method {
  const resolved = resolveOptions(schema, options, 'info-gan');
  const { categories, continuous, informationWeight } = resolved;
  if (categories < 2 && continuous === 0) {
    throw new OptionError(
      `info-gan: with ${categories} categories and ${continuous} continuous latents there is nothing to be found; ` +
        'take 2 categories or more, or a continuous latent',
      'info-gan.categories',
      categories,
    );
  }
  const judgeGenerated = (context: PhaseContext) => {
    const latents = context.inputs.latents as tf.Tensor2D;
    const judged = context.discriminate(context.generate(latents).samples);
    return { fakeLogits: judged.logits, information: information(latents, judged, resolved) };
  };
  return {
    id: 'info-gan',
    title: 'InfoGAN',
    source: {
      title:
        'Chen, Duan, Houthooft, Schulman, Sutskever, Abbeel: InfoGAN, interpretable representation learning',
      year: 2016,
      reference: 'arXiv:1606.03657',
      code: 'hwalsuklee/tensorflow-generative-model-collections infoGAN.py',
    },
    options: resolved,
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'discriminator', kind: 'recognition-discriminator' },
    ],
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: 1,
        optimizer: adam(resolved),
        inputs: drawn('real', 'latents'),
        loss(context) {
          const { fakeLogits, information } = judgeGenerated(context);
          const adversarial = minimaxDiscriminatorLoss({
            realLogits: context.discriminate(context.inputs.real).logits,
            fakeLogits,
          });
          return {
            total: tf.add<tf.Scalar>(adversarial, tf.mul(informationWeight, information)),
            terms: { adversarial, information },
          };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer: adam({ ...resolved, learningRate: resolved.generatorLearningRate }),
        inputs: drawn('latents'),
        loss(context) {
          const { fakeLogits, information } = judgeGenerated(context);
          const adversarial = nonSaturatingGeneratorLoss({ fakeLogits });
          return {
            total: tf.add<tf.Scalar>(adversarial, tf.mul(informationWeight, information)),
            terms: { adversarial, information },
          };
        },
      },
    ],
  };
}

/** What is lost of the latents: 0 where Q finds them all. */
function information(
  latents: tf.Tensor2D,
  { codes }: DiscriminatorOutput,
  { categories, continuous }: { readonly categories: number; readonly continuous: number },
): tf.Scalar {
  const [batch, dimension] = latents.shape;
  if (categories + continuous > dimension) {
    throw new ShapeError(
      `info-gan: ${categories} categories and ${continuous} continuous latents need ${categories + continuous} latents, and a sample ` +
        `has ${dimension}; raise the latent dimension, or set categories and continuous`,
      'latents',
      latents.shape,
      `[batch, ${categories + continuous} or more]`,
    );
  }
  if (codes === undefined) {
    throw new ShapeError(
      'info-gan: the discriminator gave no codes; it must be a recognition-discriminator, with outputs logits, features and codes',
      'discriminator',
      [],
      'logits, features and codes',
    );
  }
  return tf.tidy(() => {
    let sum: tf.Scalar = tf.scalar(0);
    if (categories > 1) {
      const drawnOnes = tf.slice(latents, [0, 0], [batch, categories]);
      const category = tf.cast(tf.equal(drawnOnes, tf.max(drawnOnes, 1, true)), 'float32');
      const logits = tf.slice(codes, [0, 0], [batch, categories]);
      // Of logits less their largest, so that no exponential overflows.
      const shifted = tf.sub(logits, tf.max(logits, 1, true));
      const logScores = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
      sum = tf.sub<tf.Scalar>(sum, tf.mean(tf.sum(tf.mul(category, logScores), 1)));
    }
    if (continuous > 0) {
      const [wanted, found] = [latents, codes].map((all) =>
        tf.slice(all, [0, categories], [batch, continuous]),
      );
      const error = tf.mean<tf.Scalar>(tf.sum(tf.squaredDifference(wanted, found), 1));
      sum = tf.add<tf.Scalar>(sum, tf.mul(0.5, error));
    }
    return sum;
  });
}
