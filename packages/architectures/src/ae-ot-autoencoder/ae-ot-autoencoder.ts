import { positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertDivisibleImage } from '../network/assert-shape.js';
import { buildAutoencoderNetwork } from './autoencoder-networks.js';

const schema = v.strictObject({
  /** Channels of the encoder's first convolution; each halving doubles them. Default 80. */
  width: v.optional(positiveInteger, 80),
});

export type AeOtAutoencoderOptions = v.InferInput<typeof schema>;

/**
 * The autoencoder of AE-OT: an encoder, and a generator that decodes, for square images whose side is a multiple
 * of 16, with any number of channels. There is no discriminator. AE-OT trains it with 64 x 64 images and 100
 * latents.
 *
 * Kernels are drawn from U(-a, a), a = 1 / sqrt(fan_in), which is the default of PyTorch, in which AE-OT is
 * written; biases start at 0. The code's decoder ends in tanh although its images are in [0, 1]; this one ends in
 * the sigmoid. It keeps biases before batch norm, which takes them away again; here they are left out.
 *
 * @throws OptionError when an option is unknown or out of range
 */
export function aeOtAutoencoder(options?: AeOtAutoencoderOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'ae-ot-autoencoder');
  return {
    id: 'ae-ot-autoencoder',
    title: 'Autoencoder of AE-OT',
    source: {
      title:
        'An, Guo, Lei, Luo, Yau, Gu: AE-OT: A new generative model based on extended semi-discrete optimal transport',
      year: 2020,
      reference: 'ICLR 2020',
      code: 'k2cu8/pyOMT 9e0f560 networks.py',
    },
    options: resolved,
    kinds: ['generator', 'encoder'],
    build(kind, shape, random) {
      assertDivisibleImage('ae-ot-autoencoder', shape, 16, { square: true });
      return buildAutoencoderNetwork(kind, shape, resolved.width, random);
    },
  };
}
