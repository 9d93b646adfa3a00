import type { DistGanOptions } from '@dist-gan/methods';
import type { Preset } from '@dist-gan/core';
import type { TypedPreset } from './typed-preset.js';

/** What the presets on images have in common. Where they say nothing, `dist-gan` has the authors' values for images. */

/** Log loss as the code had it when the paper's numbers were measured: no term moves during the run. */
export const publishedLog = { reconstructedFade: 'none' } satisfies DistGanOptions;

/** The same with a hinge: on logits, as the paper's formula has it. */
export const publishedHinge = { ...publishedLog, discriminatorLoss: 'hinge' } satisfies DistGanOptions;

/** Log loss as released (2019): the reconstruction phase no longer trains the generator, and reconstructions fade. */
export const releasedLog = { autoencoderUpdates: 'encoder' } satisfies DistGanOptions;

/** The hinge as released: on sigmoid scores, with a penalty that the discriminator maximises. */
export const releasedHinge = {
  ...releasedLog,
  discriminatorLoss: 'hinge',
  hingeOn: 'sigmoid',
  gradientPenaltySign: 'minus',
} satisfies DistGanOptions;

/** Adam without momentum, its rate constant for half of the run and then falling to 0: for residual networks. */
export const residualTraining = {
  beta1: 0,
  learningRateSchedule: { id: 'linear', ceiling: 0.5 },
} satisfies DistGanOptions;

/** Uniform on [-1, 1] in so many dimensions. */
export function uniformLatents(dimension: number): Preset['latents'] {
  return { dimension, distribution: 'uniform' };
}

/** 5000 samples, as many as the paper's FID is computed from, every 10,000 steps. */
export const photographEvaluation: TypedPreset['evaluation'] = {
  every: 10_000,
  samples: 5000,
  metrics: [{ id: 'mean-density-kl' }],
};

/** How descriptions tell how the FID that papers report comes about. */
export const howToMeasureFid =
  'FID is measured on the finished run: dist-gan evaluate <run> --against ... --protocol dist-gan-train.';
