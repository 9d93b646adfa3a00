import {
  nonNegative,
  oneOf,
  positive,
  resolveOptions,
  type PhaseBatch,
  type Regulariser,
} from '@dist-gan/core';
import { neighbourEmbedding as neighbourEmbeddingLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { gnGanSource } from '../gn-gan/source.js';
import { encoderRole, updatesEntry, updatesOf } from './autoencoder.js';

const id = 'neighbour-embedding';

/** The ways in which the paper can be read, its text not being public; in each the first is the default. */
export const neighbourEmbeddingEntries = {
  /** Lambda_r of GN-GAN. */
  weight: v.optional(nonNegative, 1),
  /**
   * Which latents lie beside which samples: `encoded-and-drawn` is {E(x), z} beside {G(E(x)), G(z)}, the one reading that
   * depends on the encoder and uses both x and z; `encoded` leaves out z, `drawn` the encoder: it then acts in the
   * generator's phase, and needs no auto-encoder.
   */
  rows: v.optional(oneOf(['encoded-and-drawn', 'encoded', 'drawn']), 'encoded-and-drawn'),
  /** What samples are compared by: discriminator `features`, or `samples` as they are. */
  space: v.optional(oneOf(['features', 'samples']), 'features'),
  /** See `neighbourEmbedding` of `@dist-gan/losses`; a number is the square of the kernels' width itself. */
  bandwidth: v.optional(
    v.union(
      [
        oneOf([
          'variance-of-distances',
          'squared-variance-of-distances',
          'variance-of-squared-distances',
          'squared-variance-of-squared-distances',
        ]),
        positive,
      ],
      'must be a number above 0 or a variance of distances',
    ),
    'variance-of-distances',
  ),
  distances: v.optional(oneOf(['squared', 'plain']), 'squared'),
  /** From which samples the data side has its bandwidth: the `compared` ones, or the `real` ones. */
  bandwidthOf: v.optional(oneOf(['compared', 'real']), 'compared'),
  /** Whether the encoder is trained through the latent side, too. */
  latentGradient: v.optional(v.boolean('must be true or false'), true),
};

const schema = v.strictObject({
  ...neighbourEmbeddingEntries,
  /** Which networks it trains in the reconstruction phase. */
  updates: updatesEntry,
});

export type NeighbourEmbeddingOptions = v.InferInput<typeof schema>;

/**
 * GN-GAN's neighbour embedding as a part of a method: samples lie to each other as their latents do.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Tran, Bui, Cheung, "Improving GAN with neighbors embedding and gradient matching", 2019, arXiv 1811.01333
 */
export function neighbourEmbedding(options?: NeighbourEmbeddingOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { weight, rows, space, bandwidth, distances, bandwidthOf, latentGradient } = resolved;
  const drawn = rows !== 'encoded';
  const encoded = rows !== 'drawn';
  return {
    id,
    title: 'Neighbour embedding',
    source: gnGanSource,
    options: resolved,
    term: 'neighbourEmbedding',
    phase: encoded ? 'reconstruction' : 'generator',
    weight,
    ...(encoded && { roles: encoderRole, updates: updatesOf(resolved.updates) }),
    reads: [
      ...(encoded || bandwidthOf === 'real' ? (['real'] as const) : []),
      ...(drawn ? (['latents'] as const) : []),
    ],
    comparesRows: space === 'features',
    loss(batch) {
      const compared = (samples: tf.Tensor) =>
        space === 'features' ? batch.discriminate(samples).features : samples;
      const sides = [...(encoded ? [ofCodes(batch)] : []), ...(drawn ? [ofLatents(batch)] : [])];
      return neighbourEmbeddingLoss(
        {
          latents: join(sides.map(({ latents }) => latents)),
          samples: join(sides.map(({ samples }) => compared(samples))),
          ...(bandwidthOf === 'real' && { reference: compared(batch.real) }),
        },
        { bandwidth, distances, latentGradient },
      );
    },
  };
}

interface Side {
  readonly latents: tf.Tensor;
  readonly samples: tf.Tensor;
}

function ofCodes(batch: PhaseBatch): Side {
  return { latents: batch.encoded(), samples: batch.reconstructed().samples };
}

function ofLatents(batch: PhaseBatch): Side {
  return { latents: batch.latents, samples: batch.generated().samples };
}

function join(tensors: tf.Tensor[]): tf.Tensor {
  return tensors.length === 1 ? tensors[0] : tf.concat(tensors, 0);
}
