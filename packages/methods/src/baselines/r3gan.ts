import { nonNegative, resolveOptions, type Method } from '@dist-gan/core';
import { relativisticPairingDiscriminatorLoss, relativisticPairingGeneratorLoss } from '@dist-gan/losses';
import * as v from 'valibot';
import { adam } from '../options/adam.js';
import { r1, r2 } from '../regularisers/zero-centred-penalties.js';
import { twoNetworkMethod } from './two-network-method.js';
import { twoNetworkEntries } from './two-network-options.js';

const schema = v.strictObject({
  /**
   * Of both penalties. The paper has one for each data set, of images in [-1, 1]; in [0, 1] slopes are twice as steep, and a quarter of
   * it is the same. Default 1, ours.
   */
  gamma: v.optional(nonNegative, 1),
  ...twoNetworkEntries({ discriminatorSteps: 1, learningRate: 2e-4, beta1: 0, beta2: 0.99 }),
});

export type R3ganOptions = v.InferInput<typeof schema>;

/**
 * R3GAN: relativistic pairing with both zero-centred penalties. It is `rpGan({ penalties: [r1({ gamma }), r2({ gamma })] })`
 * under its own name.
 *
 *     discriminator  mean softplus(-(D(x) - D(G(z)))) + gamma / 2 (R1 + R2)
 *     generator      mean softplus(-(D(G(z)) - D(x)))
 *
 * Its networks have no normalisation; the generator that is judged is a moving average, which is an option of a run.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Huang, Gokaslan, Kuleshov, Tompkin, "The GAN is dead; long live the GAN! A modern baseline GAN", 2024, arXiv 2501.05441
 */
export function r3gan(options?: R3ganOptions): Method {
  const resolved = resolveOptions(schema, options, 'r3gan');
  return twoNetworkMethod({
    identity: {
      id: 'r3gan',
      title: 'R3GAN',
      source: {
        title:
          'Huang, Gokaslan, Kuleshov, Tompkin: The GAN is dead; long live the GAN! A modern baseline GAN',
        year: 2024,
        reference: 'arXiv:2501.05441',
        code: 'github.com/brownvc/R3GAN',
      },
    },
    options: resolved,
    optimizer: adam(resolved),
    discriminatorLoss: relativisticPairingDiscriminatorLoss,
    generatorLoss: relativisticPairingGeneratorLoss,
    generatorSeesReal: true,
    penalties: [r1({ gamma: resolved.gamma }), r2({ gamma: resolved.gamma })],
  });
}
