import { oneOf, resolveOptions, type Method } from '@dist-gan/core';
import {
  hingeDiscriminatorLoss,
  hingeGeneratorLoss,
  minimaxDiscriminatorLoss,
  nonSaturatingGeneratorLoss,
} from '@dist-gan/losses';
import * as v from 'valibot';
import { adam } from '../options/adam.js';
import { twoNetworkMethod } from './two-network-method.js';
import { twoNetworkEntries } from './two-network-options.js';

const schema = v.strictObject({
  /** `hinge` (default), or `log`: cross-entropy with a non-saturating generator. */
  loss: v.optional(oneOf(['hinge', 'log']), 'hinge'),
  ...twoNetworkEntries({ discriminatorSteps: 1, learningRate: 2e-4, beta1: 0.5, beta2: 0.999 }),
});

export type SnGanOptions = v.InferInput<typeof schema>;

/**
 * SN-GAN: hinge or log loss for a discriminator with spectral norm on every layer, which is a matter of the architecture
 * (`sngan-cnn` in the form `sn-gan`). Optimiser defaults are those of the standard CNN; residual networks have five
 * discriminator updates and beta1 of 0, beta2 of 0.9.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Miyato et al., "Spectral normalization for generative adversarial networks", 2018, arXiv 1802.05957
 */
export function snGan(options?: SnGanOptions): Method {
  const resolved = resolveOptions(schema, options, 'sn-gan');
  const hinge = resolved.loss === 'hinge';
  return twoNetworkMethod({
    identity: {
      id: 'sn-gan',
      title: 'SN-GAN',
      source: {
        title: 'Miyato, Kataoka, Koyama, Yoshida: Spectral normalization for generative adversarial networks',
        year: 2018,
        reference: 'arXiv:1802.05957',
        code: 'github.com/pfnet-research/sngan_projection updater.py',
      },
    },
    options: resolved,
    optimizer: adam(resolved),
    discriminatorLoss: hinge ? hingeDiscriminatorLoss : minimaxDiscriminatorLoss,
    generatorLoss: ({ fakeLogits }) =>
      hinge ? hingeGeneratorLoss({ fakeLogits }) : nonSaturatingGeneratorLoss({ fakeLogits }),
  });
}
