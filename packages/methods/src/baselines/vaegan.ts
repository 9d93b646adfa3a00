import {
  nonNegative,
  oneOf,
  positive,
  positiveInteger,
  resolveOptions,
  type Method,
  type PhaseContext,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { discriminatorRole } from '../composition/discriminator-role.js';
import { optimizerEntries, optimizerSettings } from '../options/optimizer.js';
import { drawn } from './autoencoder-discriminator.js';
import { drawLatents, latentNoise } from './latent-noise.js';

const schema = v.strictObject({
  /** What a reconstruction is compared by: `samples` (default, the authors of Dist-GAN) or `features` (the paper). */
  reconstructionSpace: v.optional(oneOf(['samples', 'features']), 'samples'),
  /** Weight of the reconstruction in the generator's loss. */
  reconstructionWeight: v.optional(nonNegative, 1e-6),
  /** Weight of the divergence in the encoder's loss, per sample. */
  divergenceWeight: v.optional(nonNegative, 1),
  /** Step size of RMSProp. */
  learningRate: v.optional(positive, 1e-3),
  /** How many samples the discriminator judges together, as PacGAN does; the batch must be a multiple. */
  packing: v.optional(positiveInteger, 1),
  ...optimizerEntries,
});

export type VaeganOptions = v.InferInput<typeof schema>;

/**
 * VAEGAN: a variational auto-encoder whose decoder is the generator. In this order,
 *
 *     encoder        reconstruction + divergenceWeight KL(E(x) || N(0, 1))
 *     generator      softplus(-D(G(z))) + softplus(-D(x_r)) + reconstructionWeight reconstruction
 *     discriminator  softplus(-D(x)) + softplus(D(x_r)) + softplus(D(G(z)))
 *
 * x_r being reconstructions, which are called fake, and the reconstruction term -log N(x; x_r, 1) without its constant.
 * Optimiser and order are those of the comparison in Dist-GAN's one-dimensional code, which clips gradients to [-1, 1]
 * besides; here nothing is clipped, and `gradientNormLimit` limits their norm.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Larsen et al., "Autoencoding beyond pixels using a learned similarity metric", 2015, arXiv 1512.09300
 * @see code: tntrung/gan 6e67fe3 distgan_toy1d/gan.py:205-242
 */
export function vaegan(options?: VaeganOptions): Method {
  const resolved = resolveOptions(schema, options, 'vaegan');
  const { reconstructionSpace, reconstructionWeight, divergenceWeight, learningRate } = resolved;
  const optimizer = { id: 'rmsprop', learningRate, ...optimizerSettings(resolved) } as const;
  const reconstruction = (context: PhaseContext, decoded: tf.Tensor): tf.Scalar => {
    const { real } = context.inputs;
    const [target, made] = [real, decoded].map((samples) =>
      reconstructionSpace === 'features' ? context.discriminate(samples).features : samples,
    );
    return tf.tidy(() => tf.div<tf.Scalar>(tf.sum(tf.square(tf.sub(target, made))), 2 * real.shape[0]));
  };
  const decode = (context: PhaseContext) => {
    const distribution = context.encodeDistribution(context.inputs.real);
    return { distribution, decoded: context.generate(drawLatents(context, distribution)).samples };
  };
  return {
    id: 'vaegan',
    title: 'VAEGAN',
    source: {
      title: 'Larsen et al.: Autoencoding beyond pixels using a learned similarity metric',
      year: 2015,
      reference: 'arXiv:1512.09300',
      code: 'tntrung/gan 6e67fe3 distgan_toy1d/gan.py:205-242',
    },
    options: resolved,
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'encoder', kind: 'gaussian-encoder' },
      discriminatorRole('discriminator', resolved.packing),
    ],
    phases: [
      {
        name: 'encoder',
        updates: ['encoder'],
        repeats: 1,
        optimizer,
        inputs: [...drawn('real'), latentNoise],
        loss(context) {
          const { distribution, decoded } = decode(context);
          const error = reconstruction(context, decoded);
          const divergence = divergenceFromPrior(distribution);
          return {
            total: tf.add<tf.Scalar>(error, tf.mul(divergenceWeight, divergence)),
            terms: { reconstruction: error, divergence },
          };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer,
        inputs: [...drawn('real', 'latents'), latentNoise],
        loss(context) {
          const { decoded } = decode(context);
          const { samples } = context.generate(context.inputs.latents as tf.Tensor2D);
          const adversarial = tf.add<tf.Scalar>(
            called('real', context.discriminate(samples).logits),
            called('real', context.discriminate(decoded).logits),
          );
          const error = reconstruction(context, decoded);
          return {
            total: tf.add<tf.Scalar>(adversarial, tf.mul(reconstructionWeight, error)),
            terms: { adversarial, reconstruction: error },
          };
        },
      },
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: 1,
        optimizer,
        inputs: [...drawn('real', 'latents'), latentNoise],
        loss(context) {
          const { decoded } = decode(context);
          const { samples } = context.generate(context.inputs.latents as tf.Tensor2D);
          const real = called('real', context.discriminate(context.inputs.real).logits);
          const reconstructed = called('fake', context.discriminate(decoded).logits);
          const fake = called('fake', context.discriminate(samples).logits);
          return {
            total: tf.add<tf.Scalar>(real, tf.add(reconstructed, fake)),
            terms: { real, reconstructed, fake },
          };
        },
      },
    ],
  };
}

/** KL(N(mean, variance) || N(0, 1)), summed over latents, on average over samples. */
function divergenceFromPrior({
  mean,
  logVariance,
}: ReturnType<PhaseContext['encodeDistribution']>): tf.Scalar {
  return tf.tidy(() => {
    const each = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(1, logVariance));
    return tf.div<tf.Scalar>(tf.sum(each), 2 * mean.shape[0]);
  });
}

/** Cross-entropy of logits with one label. */
function called(label: 'real' | 'fake', logits: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.softplus(label === 'real' ? tf.neg(logits) : logits)));
}
