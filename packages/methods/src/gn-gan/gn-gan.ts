import { nonNegative, oneOf, resolveOptions, type Method } from '@dist-gan/core';
import * as v from 'valibot';
import { compose } from '../composition/compose.js';
import { addedTo, compositionEntries } from '../composition/composition-entries.js';
import { draws } from '../dist-gan/batches.js';
import { discriminatorLoss } from '../dist-gan/discriminator-loss.js';
import { generatorLoss } from '../dist-gan/generator-loss.js';
import { distGanSchema } from '../dist-gan/options.js';
import { adam, adamEntries } from '../options/adam.js';
import { gradientMatching, gradientMatchingEntries } from '../regularisers/gradient-matching.js';
import { gradientPenalty } from '../regularisers/gradient-penalty.js';
import { neighbourEmbedding, neighbourEmbeddingEntries } from '../regularisers/neighbour-embedding.js';
import { reconstruction } from '../regularisers/reconstruction.js';
import { gnGanSource } from './source.js';

const { entries: distGan } = distGanSchema;

/*
 * The text of the paper is not public, and its authors released no code. Its objectives (Eq 1, 7 and 13) and Algorithm 1
 * are known; which latents enter the neighbour embedding, what its widths are, and every weight are not. The defaults are
 * the readings that use everything the algorithm names, with the weights of Dist-GAN; the others are options.
 */
const schema = v.strictObject({
  /** Cross-entropy (`log`, default) or `hinge`; the paper's FID of STL-10 stands among those of hinges. */
  discriminatorLoss: v.optional(oneOf(['log', 'hinge']), 'log'),
  /** Weight of reconstructions, which the discriminator calls real; real samples have 1 - alpha. */
  alpha: v.optional(v.pipe(nonNegative, v.maxValue(1, 'must be from 0 to 1')), 0.05),

  /** Weight of the gradient penalty, lambda_p; 0 leaves it out. */
  gradientPenaltyWeight: v.optional(nonNegative, 1),
  /** Its norm; see `gradientPenalty` of `@dist-gan/losses`. Default that of Dist-GAN's code. */
  gradientPenaltyNorm: distGan.gradientPenaltyNorm,

  /** What is compared in a reconstruction, as in Dist-GAN. */
  reconstructionLoss: distGan.reconstructionLoss,
  /** Which networks the reconstruction phase trains. */
  autoencoderUpdates: distGan.autoencoderUpdates,
  /** The neighbour embedding, V_R; a weight of 0 leaves it out. */
  neighbourEmbedding: v.optional(v.strictObject(neighbourEmbeddingEntries), {}),

  /** Of what the generator compares the means, and the gradients: the `sigmoid` score (default) or the `logit`. */
  score: v.optional(oneOf(['sigmoid', 'logit']), 'sigmoid'),
  /** Gradient matching; a weight of 0 leaves it out. */
  gradientMatching: v.optional(
    v.strictObject({
      weight: gradientMatchingEntries.weight,
      gradientWeight: gradientMatchingEntries.gradientWeight,
      productWeight: gradientMatchingEntries.productWeight,
      compare: gradientMatchingEntries.compare,
    }),
    {},
  ),

  /** Which batches the phases see, as in Dist-GAN. */
  batches: distGan.batches,
  ...compositionEntries({ discriminatorSteps: 1 }),
  ...adamEntries({ learningRate: 2e-4, beta1: 0.5, beta2: 0.9 }),
});

export type GnGanOptions = v.InferInput<typeof schema>;

/**
 * GN-GAN: Dist-GAN's auto-encoder, held by neighbourhoods in place of the latent-data distance, and a generator that
 * matches the discriminator's slopes, too. One step trains, in this order,
 *
 *     reconstruction  reconstruction + neighbour embedding                                  Eq 1, encoder and generator
 *     discriminator   (1 - alpha) real + alpha reconstructed + fake + gradient penalty        Eq 7
 *     generator       discriminator-score distance + gradient matching                        Eq 13
 *
 * A step costs more than one of Dist-GAN by the discriminator's second-order gradient in the generator's phase, and by
 * O((2 batch)^2 features) multiplications of the neighbour embedding.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Tran, Bui, Cheung, "Improving GAN with neighbors embedding and gradient matching", 2019, arXiv 1811.01333
 */
export function gnGan(options?: GnGanOptions): Method {
  const resolved = resolveOptions(schema, options, 'gn-gan');
  const { alpha, gradientPenaltyWeight, autoencoderUpdates: updates, score } = resolved;
  const added = addedTo('gn-gan', resolved);
  return compose({
    identity: {
      id: 'gn-gan',
      title: 'GN-GAN',
      source: gnGanSource,
      options: { ...resolved, ...added.options },
    },
    optimizer: adam(resolved),
    discriminatorSteps: resolved.discriminatorSteps,
    packing: resolved.packing,
    discriminator: discriminatorLoss({
      autoencoder: true,
      discriminatorLoss: resolved.discriminatorLoss,
      hingeOn: 'logits',
      reconstructedLabel: alpha > 0 ? 'real' : 'none',
      realWeight: 1 - alpha,
      reconstructedWeight: alpha,
      fakeWeight: 1,
      reconstructedFade: 'none',
    }),
    generator: generatorLoss({ generatorLoss: 'score-distance', score }),
    regularisers: [
      reconstruction({ loss: resolved.reconstructionLoss, updates }),
      ...(resolved.neighbourEmbedding.weight > 0
        ? [neighbourEmbedding({ ...resolved.neighbourEmbedding, updates })]
        : []),
      ...(gradientPenaltyWeight > 0
        ? [gradientPenalty({ weight: gradientPenaltyWeight, norm: resolved.gradientPenaltyNorm })]
        : []),
      ...(resolved.gradientMatching.weight > 0
        ? [gradientMatching({ ...resolved.gradientMatching, of: score })]
        : []),
      ...added.regularisers,
    ],
    draws: (phase) => draws(resolved, phase),
  });
}
