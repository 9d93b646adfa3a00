import type { Preset } from '@dist-gan/core';
import { fastOptions, mixtureEvaluation, squareLatents, twoDimensionalSource } from './two-dimensional.js';

/** The 12 Gaussians along a wave, in minutes. */
export const gaussianSine: Preset = {
  id: 'gaussian-sine',
  title: '12 Gaussians along a wave, fast',
  description: 'Dist-GAN on 12 Gaussians along a wave, with the fast settings of gaussian-grid.',
  source: twoDimensionalSource,
  method: { id: 'dist-gan', options: fastOptions },
  architecture: { id: 'mlp' },
  dataset: { id: 'gaussian-sine' },
  latents: squareLatents,
  batchSize: 128,
  steps: 12_000,
  evaluation: mixtureEvaluation(1000),
  published: [],
};
