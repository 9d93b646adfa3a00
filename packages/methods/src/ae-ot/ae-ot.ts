import { nonNegative, positive, positiveInteger, resolveOptions, type Recipe } from '@dist-gan/core';
import * as v from 'valibot';
import { choice } from '../options/choice.js';
import { aeOtSource, autoencoder } from './autoencoder.js';
import { embedStage } from './embed.js';
import { transportedLatents } from './transported-latents.js';
import { transportStage } from './transport-codes.js';

export const aeOtEntries = {
  /** Steps of the autoencoder. */
  steps: v.optional(positiveInteger, 2000),
  /** Steps of the decoder alone, with codes that stay. */
  refineSteps: v.optional(positiveInteger, 1000),
  /** Of Adam, in both. The code: 2e-5; before 2021: 1e-3. */
  learningRate: v.optional(positive, 1e-3),
  /** Times the sum of |z| over a batch. */
  codeWeight: v.optional(nonNegative, 1e-5),
  /** How many samples are embedded, drawn at random; all where there are no more, which is the default. */
  codes: v.optional(positiveInteger),
  /** Of the transport: see `solveTransport`. */
  tolerance: v.optional(positive, 2e-3),
  transportSteps: v.optional(positiveInteger, 20_000),
  maximumSamples: v.optional(positiveInteger),
  /** The largest dihedral angle across which codes are mixed, with codes scaled to a standard deviation of 1. */
  threshold: v.optional(v.pipe(positive, v.maxValue(Math.PI, 'must be at most pi')), 0.7),
  interpolation: v.optional(choice('barycentric', 'pair'), 'pair'),
  /** Planes below the highest among which neighbours are looked for. */
  neighbours: v.optional(positiveInteger, 5),
};

const schema = v.strictObject(aeOtEntries);

export type AeOtOptions = v.InferInput<typeof schema>;
export type ResolvedAeOtOptions = v.InferOutput<typeof schema>;

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
  const options = resolveOptions(schema, given, 'ae-ot');
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
