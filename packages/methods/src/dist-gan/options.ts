import { nonNegative, positiveInteger } from '@dist-gan/core';
import * as v from 'valibot';
import { adamEntries, type AdamMethodOptions } from '../options/adam.js';
import { choice } from '../options/choice.js';

/**
 * The options of Dist-GAN. Defaults are those for images; the presets hold those of the synthetic
 * experiments. An id in brackets (D1 ...) is the row in the README's table of differences between the
 * paper and the authors' code.
 */
export interface DistGanOptions extends Partial<AdamMethodOptions> {
  /**
   * What the generator minimises: the `score-distance` of Eq 4 (default), or one of the two losses of a
   * standard GAN.
   */
  readonly generatorLoss?: 'score-distance' | 'non-saturating' | 'minimax';

  /** Whether there is an encoder, a reconstruction phase and reconstructions for the discriminator; default true. */
  readonly autoencoder?: boolean;
  /** Which networks the reconstruction phase changes [D8]; default `encoder-and-generator`. */
  readonly autoencoderUpdates?: 'encoder-and-generator' | 'encoder';
  /**
   * What is compared in a reconstruction [D5]: discriminator features (default), samples by squared error,
   * or samples by cross-entropy from the generator's logits, which needs a generator with a sigmoid output.
   */
  readonly reconstructionLoss?: 'feature-squared-error' | 'squared-error' | 'sigmoid-cross-entropy';

  /** Weight of the latent-data distance beside the reconstruction term, lambda_r; default 1; 0 leaves it out. */
  readonly latentDataWeight?: number;
  /** What the data side of that distance is taken of: discriminator `features` (default) or `samples`. */
  readonly latentDataSpace?: 'features' | 'samples';
  /** What is laid beside generated samples in it [D9]: `reconstructed` (default) or `real` samples. */
  readonly latentDataSource?: 'reconstructed' | 'real';
  /**
   * Weight of its latent side, lambda_w [D13]; default `from-dimensions`: the root of latent dimension
   * by data dimension.
   */
  readonly latentWeight?: number | 'from-dimensions';

  /** Cross-entropy (`log`, default) or `hinge`. */
  readonly discriminatorLoss?: 'log' | 'hinge';
  /** What the hinge is taken of [D4]: `logits` (default) or `sigmoid` scores. */
  readonly hingeOn?: 'logits' | 'sigmoid';
  /**
   * What the discriminator calls reconstructions [D1]; default `real`. With `none`, or without an
   * auto-encoder, their weight goes to the real samples.
   */
  readonly reconstructedLabel?: 'real' | 'fake' | 'none';
  /** Weight of real samples in the discriminator's loss [D2]; default 0.95. */
  readonly realWeight?: number;
  /** Weight of reconstructions in it [D2]; default 0.05. */
  readonly reconstructedWeight?: number;
  /** Weight of generated samples in it [D2]; default 1. */
  readonly fakeWeight?: number;
  /**
   * Whether the reconstructions' weight moves to the real samples, linearly between 1/2 and 3/4 of the run
   * (`second-half`, default; mu of the code since April 2019) or stays (`none`) [D2]. It moves only while
   * reconstructions are called real.
   */
  readonly reconstructedFade?: 'second-half' | 'none';

  /** Weight of the gradient penalty, lambda_p; default 1; 0 leaves it out. */
  readonly gradientPenaltyWeight?: number;
  /** Its norm [D3]; default `rms`. See `gradientPenalty` of `@dist-gan/losses`. */
  readonly gradientPenaltyNorm?: 'rms' | 'l2' | 'squared';
  /**
   * `plus` (default): the discriminator minimises the penalty. `minus`: it maximises it, as the released
   * hinge code does by a slip [D3].
   */
  readonly gradientPenaltySign?: 'plus' | 'minus';

  /** Discriminator updates in one training step [D6]; default 1. */
  readonly discriminatorSteps?: number;
  /**
   * Which batches the phases see [D12]: `fresh` data and latents for every update (default); `shared`: one
   * batch of both for all phases of a step, as the paper writes; `shared-outside-discriminator`: the
   * reconstruction and the generator phase share a step's data, the discriminator draws its own, and latents
   * are always fresh, as in the released two-dimensional code.
   */
  readonly batches?: 'fresh' | 'shared' | 'shared-outside-discriminator';
}

/** Checks the options of Dist-GAN and fills in its defaults. */
export const distGanSchema = v.strictObject({
  generatorLoss: v.optional(choice('score-distance', 'non-saturating', 'minimax'), 'score-distance'),

  autoencoder: v.optional(v.boolean('must be true or false'), true),
  autoencoderUpdates: v.optional(choice('encoder-and-generator', 'encoder'), 'encoder-and-generator'),
  reconstructionLoss: v.optional(
    choice('feature-squared-error', 'squared-error', 'sigmoid-cross-entropy'),
    'feature-squared-error',
  ),

  latentDataWeight: v.optional(nonNegative, 1),
  latentDataSpace: v.optional(choice('features', 'samples'), 'features'),
  latentDataSource: v.optional(choice('reconstructed', 'real'), 'reconstructed'),
  latentWeight: v.optional(
    v.union([nonNegative, v.literal('from-dimensions')], 'must be a number of 0 or more, or from-dimensions'),
    'from-dimensions',
  ),

  discriminatorLoss: v.optional(choice('log', 'hinge'), 'log'),
  hingeOn: v.optional(choice('logits', 'sigmoid'), 'logits'),
  reconstructedLabel: v.optional(choice('real', 'fake', 'none'), 'real'),
  realWeight: v.optional(nonNegative, 0.95),
  reconstructedWeight: v.optional(nonNegative, 0.05),
  fakeWeight: v.optional(nonNegative, 1),
  reconstructedFade: v.optional(choice('second-half', 'none'), 'second-half'),

  gradientPenaltyWeight: v.optional(nonNegative, 1),
  gradientPenaltyNorm: v.optional(choice('rms', 'l2', 'squared'), 'rms'),
  gradientPenaltySign: v.optional(choice('plus', 'minus'), 'plus'),

  discriminatorSteps: v.optional(positiveInteger, 1),
  batches: v.optional(choice('fresh', 'shared', 'shared-outside-discriminator'), 'fresh'),
  ...adamEntries({ learningRate: 2e-4, beta1: 0.5, beta2: 0.9 }),
} satisfies Record<keyof DistGanOptions, v.GenericSchema>);

export type ResolvedDistGanOptions = v.InferOutput<typeof distGanSchema>;
