import type { PublishedNumber } from '@dist-gan/core';
import {
  fastDatasetOptions,
  fastOptions,
  mixtureEvaluation,
  paperOptions,
  pointGuards,
  squareLatents,
  twoDimensionalSource,
} from './two-dimensional.js';
import type { TypedPreset } from './typed-preset.js';

/** Protocols differ from ours where they are named. */
const published: readonly PublishedNumber[] = [
  {
    metric: 'modes-covered',
    text: '25 in all 8 runs after about 50 epochs (19,500 steps)',
    source: 'Dist-GAN, section 4.1',
  },
  {
    metric: 'modes-covered',
    text: 'GAN 10.4 ± 9.2, ALI 13.4 ± 5.8 (10,000 samples, a mode counts from 1 sample on)',
    source: 'ALI, text on the 25-mode grid',
  },
  {
    metric: 'modes-covered',
    text: 'GAN 17.3 ± 0.8, PacGAN4 24.8 ± 0.2 (2500 samples, within 3 standard deviations)',
    source: 'PacGAN, table of the 25-mode grid',
  },
  {
    // PacGAN calls KL(generated || uniform) the reverse divergence.
    metric: 'kl-divergence',
    text: 'GAN 0.70 ± 0.07, PacGAN4 0.04 ± 0.01 (2500 samples)',
    source: 'PacGAN, table of the 25-mode grid',
  },
  {
    metric: 'high-quality-share',
    text: 'GAN 0.948 ± 0.007, PacGAN4 0.936 ± 0.006 (within 3 standard deviations)',
    source: 'PacGAN, table of the 25-mode grid',
  },
];

/** The 25 Gaussians in minutes. */
export const gaussianGrid: TypedPreset = {
  id: 'gaussian-grid',
  title: '25 Gaussians, fast',
  description:
    'Dist-GAN on a grid of 25 Gaussians. Settings of our own: three discriminator updates instead of five, the ' +
    'penalty on the Euclidean norm, a learning rate of 0.003 that falls to 0 over the last two thirds of the run, and ' +
    'a margin around the points, where the sigmoid does not saturate; the rest as in gaussian-grid-paper.',
  source: twoDimensionalSource,
  method: { id: 'dist-gan', options: fastOptions },
  architecture: { id: 'mlp' },
  dataset: { id: 'gaussian-grid', options: fastDatasetOptions },
  latents: squareLatents,
  batchSize: 128,
  steps: 12_000,
  guards: pointGuards,
  evaluation: mixtureEvaluation(1000),
  published,
};

/** The 25 Gaussians as in the paper: 500 epochs of 391 steps. */
export const gaussianGridPaper: TypedPreset = {
  ...gaussianGrid,
  id: 'gaussian-grid-paper',
  title: '25 Gaussians, settings of the paper',
  description:
    'Dist-GAN on a grid of 25 Gaussians with the settings of the paper and its code: 500 epochs of 391 steps, ' +
    'five discriminator updates each, evaluated every epoch. Reconstructions are called real, as in the paper.',
  method: { id: 'dist-gan', options: paperOptions },
  dataset: { id: 'gaussian-grid' },
  steps: 500 * 391,
  evaluation: mixtureEvaluation(391),
};
