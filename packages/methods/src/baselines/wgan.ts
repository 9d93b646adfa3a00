import { positive, resolveOptions, type Method } from '@dist-gan/core';
import { wassersteinDiscriminatorLoss, wassersteinGeneratorLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { compositionEntries } from '../composition/composition-entries.js';
import { optimizerEntries, optimizerSettings } from '../options/optimizer.js';
import { twoNetworkMethod } from './two-network-method.js';

const schema = v.strictObject({
  /** Step size of RMSProp. */
  learningRate: v.optional(positive, 5e-5),
  /** Every weight of the critic is clipped to [-weightLimit, weightLimit] after each update. */
  weightLimit: v.optional(positive, 0.01),
  ...optimizerEntries,
  ...compositionEntries({ discriminatorSteps: 5 }),
});

export type WganOptions = v.InferInput<typeof schema>;

/**
 * WGAN: a critic kept Lipschitz by clipping its weights, trained with RMSProp.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Arjovsky et al., "Wasserstein GAN", 2017, arXiv 1701.07875, Algorithm 1
 */
export function wgan(options?: WganOptions): Method {
  const resolved = resolveOptions(schema, options, 'wgan');
  const { learningRate, weightLimit } = resolved;
  return twoNetworkMethod({
    identity: {
      id: 'wgan',
      title: 'WGAN',
      source: {
        title: 'Arjovsky, Chintala, Bottou: Wasserstein GAN',
        year: 2017,
        reference: 'arXiv:1701.07875',
      },
    },
    options: resolved,
    optimizer: { id: 'rmsprop', learningRate, ...optimizerSettings(resolved) },
    discriminatorLoss: wassersteinDiscriminatorLoss,
    afterDiscriminator: (context) =>
      tf.tidy(() => {
        for (const weight of context.weights('discriminator')) {
          weight.assign(tf.clipByValue(weight, -weightLimit, weightLimit));
        }
      }),
    generatorLoss: ({ fakeLogits }) => wassersteinGeneratorLoss({ fakeLogits }),
  });
}
