import { nonNegative, oneOf } from '@dist-gan/core';
import * as v from 'valibot';
import { compositionEntries } from '../composition/composition-entries.js';
import { adamEntries } from '../options/adam.js';
import { updatesEntry } from '../regularisers/autoencoder.js';
import { reconstructionEntry } from '../regularisers/reconstruction.js';

/** Checks the options of Dist-GAN and fills in its defaults. */
export const distGanSchema = v.strictObject({
  /**
   * What the generator minimises: the `score-distance` of Eq 4 (default), or one of the two losses of a
   * standard GAN.
   */
  generatorLoss: v.optional(oneOf(['score-distance', 'non-saturating', 'minimax']), 'score-distance'),

  /** Whether there is an encoder, a reconstruction phase and reconstructions for the discriminator; default true. */
  autoencoder: v.optional(v.boolean('must be true or false'), true),
  /** Which networks the reconstruction phase changes [D8]; default `encoder-and-generator`. */
  autoencoderUpdates: updatesEntry,
  /**
   * What is compared in a reconstruction [D5]: discriminator features (default), samples by squared error,
   * or samples by cross-entropy from the generator's logits, which needs a generator with a sigmoid output.
   */
  reconstructionLoss: reconstructionEntry,

  /** Weight of the latent-data distance beside the reconstruction term, lambda_r; default 1; 0 leaves it out. */
  latentDataWeight: v.optional(nonNegative, 1),
  /** What the data side of that distance is taken of: discriminator `features` (default) or `samples`. */
  latentDataSpace: v.optional(oneOf(['features', 'samples']), 'features'),
  /** What is laid beside generated samples in it [D9]: `reconstructed` (default) or `real` samples. */
  latentDataSource: v.optional(oneOf(['reconstructed', 'real']), 'reconstructed'),
  /**
   * Weight of its latent side, lambda_w [D13]; default `from-dimensions`: the root of latent dimension
   * by data dimension.
   */
  latentWeight: v.optional(
    v.union([nonNegative, v.literal('from-dimensions')], 'must be a number of 0 or more, or from-dimensions'),
    'from-dimensions',
  ),

  /** Cross-entropy (`log`, default) or `hinge`. */
  discriminatorLoss: v.optional(oneOf(['log', 'hinge']), 'log'),
  /** What the hinge is taken of [D4]: `logits` (default) or `sigmoid` scores. */
  hingeOn: v.optional(oneOf(['logits', 'sigmoid']), 'logits'),
  /**
   * What the discriminator calls reconstructions [D1]; default `real`. With `none`, or without an
   * auto-encoder, their weight goes to the real samples.
   */
  reconstructedLabel: v.optional(oneOf(['real', 'fake', 'none']), 'real'),
  /** Weight of real samples in the discriminator's loss [D2]; default 0.95. */
  realWeight: v.optional(nonNegative, 0.95),
  /** Weight of reconstructions in it [D2]; default 0.05. */
  reconstructedWeight: v.optional(nonNegative, 0.05),
  /** Weight of generated samples in it [D2]; default 1. */
  fakeWeight: v.optional(nonNegative, 1),
  /**
   * Whether the reconstructions' weight moves to the real samples, linearly between 1/2 and 3/4 of the run
   * (`second-half`, default; mu of the code since April 2019) or stays (`none`) [D2]. It moves only while
   * reconstructions are called real.
   */
  reconstructedFade: v.optional(oneOf(['second-half', 'none']), 'second-half'),

  /** Weight of the gradient penalty, lambda_p; default 1; 0 leaves it out. */
  gradientPenaltyWeight: v.optional(nonNegative, 1),
  /** Its norm [D3]; default `rms`. See `gradientPenalty` of `@dist-gan/losses`. */
  gradientPenaltyNorm: v.optional(oneOf(['rms', 'l2', 'squared']), 'rms'),
  /**
   * `plus` (default): the discriminator minimises the penalty. `minus`: it maximises it, as the released
   * hinge code does by a slip [D3].
   */
  gradientPenaltySign: v.optional(oneOf(['plus', 'minus']), 'plus'),

  /**
   * Which batches the phases see [D12]: `fresh` data and latents for every update (default); `shared`: one
   * batch of both for all phases of a step, as the paper writes; `shared-outside-discriminator`: the
   * reconstruction and the generator phase share a step's data, the discriminator draws its own, and latents
   * are always fresh, as in the released two-dimensional code.
   */
  batches: v.optional(oneOf(['fresh', 'shared', 'shared-outside-discriminator']), 'fresh'),
  /** Discriminator updates in one training step [D6], default 1; packing, penalties and regularisers, as in any method. */
  ...compositionEntries({ discriminatorSteps: 1 }),
  ...adamEntries({ learningRate: 2e-4, beta1: 0.5, beta2: 0.9 }),
});

/**
 * The options of Dist-GAN. Defaults are those for images; the presets hold those of the synthetic
 * experiments. An id in brackets (D1 ...) is the row in the README's table of differences between the
 * paper and the authors' code.
 */
export type DistGanOptions = v.InferInput<typeof distGanSchema>;

export type ResolvedDistGanOptions = v.InferOutput<typeof distGanSchema>;
