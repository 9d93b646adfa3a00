import { nonNegative, oneOf, resolveOptions, type Regulariser } from '@dist-gan/core';
import { latentDataDistance as latentDataDistanceLoss } from '@dist-gan/losses';
import type * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { distGanSource } from '../dist-gan/source.js';
import { encoderRole, updatesEntry, updatesOf } from './autoencoder.js';

const id = 'latent-data-distance';

const schema = v.strictObject({
  weight: v.optional(nonNegative, 1),
  /** What the data side is taken of: discriminator `features` (default) or `samples`. */
  space: v.optional(oneOf(['features', 'samples']), 'features'),
  /** What is laid beside generated samples: `reconstructed` (default) or `real` samples. */
  source: v.optional(oneOf(['reconstructed', 'real']), 'reconstructed'),
  /** Weight of the latent side; default `from-dimensions`: the root of latent dimension by data dimension. */
  latentWeight: v.optional(
    v.union([nonNegative, v.literal('from-dimensions')], 'must be a number of 0 or more, or from-dimensions'),
    'from-dimensions',
  ),
  /** Which networks it trains; default both of the auto-encoder. */
  updates: updatesEntry,
});

export type LatentDataDistanceOptions = v.InferInput<typeof schema>;

/**
 * Dist-GAN's latent-data distance as a part of a method; see `latentDataDistance` of `@dist-gan/losses`.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Eq 6 to 8
 */
export function latentDataDistance(options?: LatentDataDistanceOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { weight, space, source, latentWeight } = resolved;
  return {
    id,
    title: 'Latent-data distance',
    source: distGanSource,
    options: resolved,
    term: 'latentDataDistance',
    phase: 'reconstruction',
    weight,
    roles: encoderRole,
    updates: updatesOf(resolved.updates),
    reads: ['real', 'latents'],
    loss(batch) {
      const compared = (samples: tf.Tensor) =>
        space === 'features' ? batch.discriminate(samples).features : samples;
      return latentDataDistanceLoss(
        {
          reconstructed: compared(source === 'real' ? batch.real : batch.reconstructed().samples),
          generated: compared(batch.generated().samples),
          encoded: batch.encoded(),
          latents: batch.latents,
        },
        { latentWeight },
      );
    },
  };
}
