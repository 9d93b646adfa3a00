import { positive, positiveInteger, resolveOptions, type Method } from '@dist-gan/core';
import { wassersteinDiscriminatorLoss, wassersteinGeneratorLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { twoNetworkPhases, twoNetworks } from './two-network-method.js';

export interface WganOptions {
  /** Step size of RMSProp; default 5e-5. */
  readonly learningRate?: number;
  /** Critic updates in one training step; default 5. */
  readonly discriminatorSteps?: number;
  /** Every weight of the critic is clipped to [-weightLimit, weightLimit] after each update; default 0.01. */
  readonly weightLimit?: number;
}

const schema = v.strictObject({
  learningRate: v.optional(positive, 5e-5),
  discriminatorSteps: v.optional(positiveInteger, 5),
  weightLimit: v.optional(positive, 0.01),
});

/**
 * WGAN: a critic kept Lipschitz by clipping its weights, trained with RMSProp.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Arjovsky et al., "Wasserstein GAN", 2017, arXiv 1701.07875, Algorithm 1
 */
export function wgan(options?: WganOptions): Method {
  const resolved = resolveOptions(schema, options, 'wgan');
  const { learningRate, weightLimit } = resolved;
  return {
    id: 'wgan',
    title: 'WGAN',
    source: {
      title: 'Arjovsky, Chintala, Bottou: Wasserstein GAN',
      year: 2017,
      reference: 'arXiv:1701.07875',
    },
    options: resolved,
    roles: twoNetworks,
    phases: twoNetworkPhases({
      optimizer: { id: 'rmsprop', learningRate },
      discriminatorSteps: resolved.discriminatorSteps,
      discriminatorLoss: ({ realLogits, fakeLogits }) => {
        const adversarial = wassersteinDiscriminatorLoss({ realLogits, fakeLogits });
        return { total: adversarial, terms: { adversarial } };
      },
      afterDiscriminator: (context) =>
        tf.tidy(() => {
          for (const weight of context.weights('discriminator')) {
            weight.assign(tf.clipByValue(weight, -weightLimit, weightLimit));
          }
        }),
      generatorLoss: (fakeLogits) => wassersteinGeneratorLoss({ fakeLogits }),
    }),
  };
}
