import { resolveOptions, type Recipe } from '@dist-gan/core';
import { aeOtSchema, type AeOtOptions } from './ae-ot-options.js';
import { aeOtSource, autoencoder } from './autoencoder.js';
import { embedStage } from './embed.js';
import { transportedLatents } from './transported-latents.js';
import { transportStage } from './transport-codes.js';

/**
 * AE-OT: an autoencoder, and optimal transport in place of adversarial training. Its stages:
 *
 *     autoencoder  encoder and decoder on |x - G(E(x))|^2 + codeWeight |E(x)|_1
 *     refine       the decoder alone on |x - G(E(x))|^2
 *     embed        the codes z_i = E(x_i)
 *     transport    heights of the Brenier potential that carries the uniform cube to the codes
 *
 * Latents are drawn from the map's extension, which mixes codes of neighbouring cells, but not across the singular set.
 *
 * What differs from the authors' code: steps in place of epochs, a sigmoid at the decoder's end (the architecture's), the decoder is refined
 * without the weight on codes, which it cannot change, and codes are scaled to a standard deviation of 1 before
 * transport, so that a threshold means the same for any autoencoder; the code's thresholds are for its own scale.
 *
 * @throws OptionError when an option is unknown or out of range
 */
export function aeOt(given?: AeOtOptions): Recipe {
  const options = resolveOptions(aeOtSchema, given, 'ae-ot');
  const optimizer = { id: 'adam', learningRate: options.learningRate, beta1: 0.9, beta2: 0.999 } as const;
  const { codeWeight } = options;
  return {
    id: 'ae-ot',
    title: 'AE-OT',
    source: aeOtSource,
    options,
    stages: [
      {
        name: 'autoencoder',
        method: autoencoder('ae-ot-autoencoder', {
          updates: ['encoder', 'generator'],
          optimizer,
          codeWeight,
        }),
        steps: options.steps,
      },
      {
        name: 'refine',
        method: autoencoder('ae-ot-decoder', { updates: ['generator'], optimizer, codeWeight: 0 }),
        steps: options.refineSteps,
      },
      embedStage(options),
      transportStage(options),
    ],
    latents: transportedLatents(options),
  };
}
