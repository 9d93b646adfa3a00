import { nonNegative, resolveOptions, type Method } from '@dist-gan/core';
import { wassersteinDiscriminatorLoss, wassersteinGeneratorLoss } from '@dist-gan/losses';
import * as v from 'valibot';
import { adam } from '../options/adam.js';
import { gradientPenalty } from '../regularisers/gradient-penalty.js';
import { twoNetworkEntries } from './two-network-options.js';
import { twoNetworkMethod } from './two-network-method.js';

const schema = v.strictObject({
  /** Weight of the gradient penalty. */
  gradientPenaltyWeight: v.optional(nonNegative, 10),
  ...twoNetworkEntries({ discriminatorSteps: 5, learningRate: 1e-4, beta1: 0.5, beta2: 0.9 }),
});

export type WganGpOptions = v.InferInput<typeof schema>;

/**
 * WGAN-GP: a critic kept Lipschitz by a gradient penalty on the Euclidean norm. Optimiser defaults are
 * those of the authors' image experiments.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Gulrajani et al., "Improved training of Wasserstein GANs", 2017, arXiv 1704.00028, Algorithm 1
 */
export function wganGp(options?: WganGpOptions): Method {
  const resolved = resolveOptions(schema, options, 'wgan-gp');
  return twoNetworkMethod({
    identity: {
      id: 'wgan-gp',
      title: 'WGAN-GP',
      source: {
        title: 'Gulrajani et al.: Improved training of Wasserstein GANs',
        year: 2017,
        reference: 'arXiv:1704.00028',
        code: 'github.com/igul222/improved_wgan_training',
      },
    },
    options: resolved,
    optimizer: adam(resolved),
    discriminatorLoss: wassersteinDiscriminatorLoss,
    generatorLoss: ({ fakeLogits }) => wassersteinGeneratorLoss({ fakeLogits }),
    penalties: [gradientPenalty({ weight: resolved.gradientPenaltyWeight })],
  });
}
