import { resolveOptions, type Method } from '@dist-gan/core';
import { leastSquaresDiscriminatorLoss, leastSquaresGeneratorLoss } from '@dist-gan/losses';
import * as v from 'valibot';
import { adam } from '../options/adam.js';
import { twoNetworkEntries } from './two-network-options.js';
import { twoNetworkMethod } from './two-network-method.js';

const schema = v.strictObject(
  twoNetworkEntries({ discriminatorSteps: 1, learningRate: 2e-4, beta1: 0.5, beta2: 0.999 }),
);

export type LsganOptions = v.InferInput<typeof schema>;

/**
 * LSGAN: least-squares losses with targets 1 for real and 0 for generated samples.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Mao et al., "Least squares generative adversarial networks", 2017, arXiv 1611.04076
 */
export function lsgan(options?: LsganOptions): Method {
  const resolved = resolveOptions(schema, options, 'lsgan');
  return twoNetworkMethod({
    identity: {
      id: 'lsgan',
      title: 'LSGAN',
      source: {
        title: 'Mao et al.: Least squares generative adversarial networks',
        year: 2017,
        reference: 'arXiv:1611.04076',
      },
    },
    options: resolved,
    optimizer: adam(resolved),
    discriminatorLoss: leastSquaresDiscriminatorLoss,
    generatorLoss: ({ fakeLogits }) => leastSquaresGeneratorLoss({ fakeLogits }),
  });
}
