import { oneOf, resolveOptions, type Method } from '@dist-gan/core';
import { minimaxDiscriminatorLoss, minimaxGeneratorLoss, nonSaturatingGeneratorLoss } from '@dist-gan/losses';
import * as v from 'valibot';
import { adam } from '../options/adam.js';
import { twoNetworkEntries } from './two-network-options.js';
import { twoNetworkMethod } from './two-network-method.js';

const schema = v.strictObject({
  /** What the generator minimises; default `non-saturating`. `minimax` is the saturating loss. */
  generatorLoss: v.optional(oneOf(['non-saturating', 'minimax']), 'non-saturating'),
  ...twoNetworkEntries({ discriminatorSteps: 1, learningRate: 2e-4, beta1: 0.5, beta2: 0.999 }),
});

export type GanOptions = v.InferInput<typeof schema>;

/**
 * The standard GAN: cross-entropy discriminator, non-saturating or saturating generator. Optimiser
 * defaults are DCGAN's.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Goodfellow et al., "Generative adversarial nets", 2014, arXiv 1406.2661
 */
export function gan(options?: GanOptions): Method {
  const resolved = resolveOptions(schema, options, 'gan');
  return twoNetworkMethod({
    identity: {
      id: 'gan',
      title: 'GAN',
      source: {
        title: 'Goodfellow et al.: Generative adversarial nets',
        year: 2014,
        reference: 'arXiv:1406.2661',
      },
    },
    options: resolved,
    optimizer: adam(resolved),
    discriminatorLoss: minimaxDiscriminatorLoss,
    generatorLoss: ({ fakeLogits }) =>
      resolved.generatorLoss === 'minimax'
        ? minimaxGeneratorLoss({ fakeLogits })
        : nonSaturatingGeneratorLoss({ fakeLogits }),
  });
}
