import type { DistGanOptions } from '@dist-gan/methods';
import { authorsCode, distGanPaper } from './dist-gan-paper.js';
import type { TypedPreset } from './typed-preset.js';

/** What the presets on two-dimensional mixtures have in common. */

export const twoDimensionalSource = distGanPaper(`${authorsCode}, distgan_toy2d.py`);

/**
 * Dist-GAN as the paper and its code have it on two-dimensional data, with reconstructions called real as in
 * the paper. (The released script calls them fake: `reconstructedLabel: 'fake'`.)
 */
export const paperOptions = {
  reconstructionLoss: 'sigmoid-cross-entropy',
  latentDataWeight: 0.1,
  latentDataSpace: 'samples',
  latentWeight: 1,
  realWeight: 0.5,
  reconstructedWeight: 0.5,
  reconstructedFade: 'none',
  gradientPenaltyWeight: 0.1,
  discriminatorSteps: 5,
  batches: 'shared-outside-discriminator',
  learningRate: 1e-3,
  beta1: 0.8,
  beta2: 0.999,
  learningRateSchedule: { id: 'staircase', factor: 0.9, every: 10_000, counter: 'optimizer-calls' },
} satisfies DistGanOptions;

/**
 * The same in minutes: three discriminator updates instead of five, a learning rate of 0.003 that falls to 0 over
 * the last two thirds of the run, and the gradient penalty on the Euclidean norm, as WGAN-GP has it. With the
 * authors' norm, without the fall, or with one or two updates at twice the rate, some modes were still missing
 * after as many minutes.
 */
export const fastOptions = {
  ...paperOptions,
  discriminatorSteps: 3,
  gradientPenaltyNorm: 'l2',
  learningRate: 4.5e-3,
  learningRateSchedule: { id: 'linear', ceiling: 0.67 },
} satisfies DistGanOptions;

/**
 * A twentieth of the largest entry stays free on every side. Without, the outermost modes lie so near to 0 and 1 that the
 * generator's sigmoid saturates there: generated points pile up on the edge, and whether all modes are found hangs on how
 * far out the largest of the points happened to be drawn.
 */
export const fastDatasetOptions = { margin: 0.05 } as const;

/** Uniform on the square [-1, 1]^2. */
export const squareLatents = { dimension: 2, distribution: 'uniform' } as const;

/** Two-dimensional nets of plain rectifiers may lose them all at such rates; a run that stands still says so. */
export const pointGuards = [{ id: 'dead-discriminator' }] as const;

export function mixtureEvaluation(every: number): TypedPreset['evaluation'] {
  return {
    every,
    samples: 2000,
    metrics: [{ id: 'mode-coverage' }],
  };
}
