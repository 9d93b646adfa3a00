import { oneOf, resolveOptions, type Method } from '@dist-gan/core';
import {
  relativisticAverageDiscriminatorLoss,
  relativisticAverageGeneratorLoss,
  relativisticPairingDiscriminatorLoss,
  relativisticPairingGeneratorLoss,
} from '@dist-gan/losses';
import * as v from 'valibot';
import { adam } from '../options/adam.js';
import { twoNetworkMethod } from './two-network-method.js';
import { twoNetworkEntries } from './two-network-options.js';

const schema = v.strictObject({
  /** What a sample is laid beside: one of the other kind (`pair`, default), or their `average`. */
  against: v.optional(oneOf(['pair', 'average']), 'pair'),
  ...twoNetworkEntries({ discriminatorSteps: 1, learningRate: 2e-4, beta1: 0, beta2: 0.99 }),
});

export type RpGanOptions = v.InferInput<typeof schema>;

/**
 * A relativistic GAN: the discriminator says which of two samples is real, in pairs (RpGAN) or against the average (RaGAN).
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Jolicoeur-Martineau, "The relativistic discriminator", 2018, arXiv 1807.00734
 */
export function rpGan(options?: RpGanOptions): Method {
  const resolved = resolveOptions(schema, options, 'rp-gan');
  return twoNetworkMethod({
    identity: {
      id: 'rp-gan',
      title: resolved.against === 'pair' ? 'RpGAN' : 'RaGAN',
      source: {
        title: 'Jolicoeur-Martineau: The relativistic discriminator, a key element missing from standard GAN',
        year: 2018,
        reference: 'arXiv:1807.00734',
      },
    },
    options: resolved,
    optimizer: adam(resolved),
    discriminatorLoss:
      resolved.against === 'pair'
        ? relativisticPairingDiscriminatorLoss
        : relativisticAverageDiscriminatorLoss,
    generatorLoss:
      resolved.against === 'pair' ? relativisticPairingGeneratorLoss : relativisticAverageGeneratorLoss,
    generatorSeesReal: true,
  });
}
