import { resolveOptions, nonNegative, type Method } from '@dist-gan/core';
import { minimaxDiscriminatorLoss, nonSaturatingGeneratorLoss } from '@dist-gan/losses';
import * as v from 'valibot';
import { adam } from '../options/adam.js';
import { draganPenalty } from '../regularisers/dragan-penalty.js';
import { twoNetworkMethod } from './two-network-method.js';
import { twoNetworkEntries } from './two-network-options.js';

const schema = v.strictObject({
  /** Weight of the penalty. */
  penaltyWeight: v.optional(nonNegative, 10),
  /** How far from real samples it is taken, in standard deviations of the batch. */
  perturbation: v.optional(nonNegative, 0.5),
  ...twoNetworkEntries({ discriminatorSteps: 1, learningRate: 1e-4, beta1: 0.5, beta2: 0.999 }),
});

export type DraganOptions = v.InferInput<typeof schema>;

/**
 * DRAGAN: the standard GAN with a gradient penalty around real samples.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Kodali et al., "On convergence and stability of GANs", 2017, arXiv 1705.07215
 */
export function dragan(options?: DraganOptions): Method {
  const resolved = resolveOptions(schema, options, 'dragan');
  return twoNetworkMethod({
    identity: {
      id: 'dragan',
      title: 'DRAGAN',
      source: {
        title: 'Kodali, Abernethy, Hays, Kira: On convergence and stability of GANs',
        year: 2017,
        reference: 'arXiv:1705.07215',
        code: 'google/compare_gan 49495fd DRAGAN.py',
      },
    },
    options: resolved,
    optimizer: adam(resolved),
    discriminatorLoss: minimaxDiscriminatorLoss,
    generatorLoss: ({ fakeLogits }) => nonSaturatingGeneratorLoss({ fakeLogits }),
    penalties: [draganPenalty({ weight: resolved.penaltyWeight, perturbation: resolved.perturbation })],
  });
}
