import {
  decay,
  nonNegative,
  oneOf,
  positive,
  positiveInteger,
  resolveOptions,
  type Recipe,
} from '@dist-gan/core';
import * as v from 'valibot';
import { adversarial, aeOtGanSource } from './adversarial.js';
import { aeOt } from './ae-ot.js';
import { aeOtEntries } from './ae-ot-options.js';
import { drawStage } from './draw-latents.js';

/*
 * Of AE-OT-GAN its steps, its data sets and what its losses are made of can be read; no formula, weight, network or setting,
 * and there is no code. The objectives are a reconstruction: see `adversarial.ts`.
 */
const schema = v.strictObject({
  ...aeOtEntries,
  /** Steps of the adversarial training. */
  ganSteps: v.optional(positiveInteger, 5000),
  /** How many latents of the extended map are drawn for it, which it then walks through. */
  draws: v.optional(positiveInteger, 20_000),
  discriminatorLoss: v.optional(oneOf(['hinge', 'log']), 'hinge'),
  /** Whether the generator is to deceive the discriminator with reconstructions, too. */
  adversarialPairs: v.optional(v.boolean('must be true or false'), true),
  /** Times |x - G(E(x))|^2, the mean over all numbers. */
  contentWeight: v.optional(nonNegative, 10),
  /** Times the same of the discriminator's features. */
  featureWeight: v.optional(nonNegative, 1),
  ganLearningRate: v.optional(positive, 2e-4),
  ganBeta1: v.optional(decay, 0.5),
  ganBeta2: v.optional(decay, 0.9),
});

export type AeOtGanOptions = v.InferInput<typeof schema>;

/**
 * AE-OT-GAN: AE-OT, and then a GAN whose latents are those of the transport map, so that what it has to learn is
 * continuous. Its stages are those of `aeOt`, and
 *
 *     draw         latents of the map's extension
 *     adversarial  the refined decoder as generator, and a discriminator, on drawn latents and on pairs of a code and its sample
 *
 * **A reconstruction**: the paper's losses cannot be read; see `AdversarialOptions`.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see An, Guo, Zhang, Qi, Lei, Gu, "AE-OT-GAN: Training GANs from data specific latent distribution", 2020, arXiv 2001.03698
 */
export function aeOtGan(given?: AeOtGanOptions): Recipe {
  const options = resolveOptions(schema, given, 'ae-ot-gan');
  const {
    ganSteps,
    draws,
    discriminatorLoss,
    adversarialPairs,
    contentWeight,
    featureWeight,
    ganLearningRate,
    ganBeta1,
    ganBeta2,
    ...ofAeOt
  } = options;
  const { stages, latents } = aeOt(ofAeOt);
  return {
    id: 'ae-ot-gan',
    title: 'AE-OT-GAN',
    source: aeOtGanSource,
    options,
    stages: [
      ...stages,
      drawStage({ ...ofAeOt, draws, latents }),
      {
        name: 'adversarial',
        method: adversarial({
          discriminatorLoss,
          adversarialPairs,
          contentWeight,
          featureWeight,
          learningRate: ganLearningRate,
          beta1: ganBeta1,
          beta2: ganBeta2,
        }),
        steps: ganSteps,
      },
    ],
    latents,
  };
}
