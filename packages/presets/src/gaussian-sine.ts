import {
  fastDatasetOptions,
  fastOptions,
  mixtureEvaluation,
  pointGuards,
  squareLatents,
  twoDimensionalSource,
} from './two-dimensional.js';
import type { TypedPreset } from './typed-preset.js';

/** The 12 Gaussians along a wave, in minutes. */
export const gaussianSine: TypedPreset = {
  id: 'gaussian-sine',
  title: '12 Gaussians along a wave, fast',
  description: 'Dist-GAN on 12 Gaussians along a wave, with the fast settings of gaussian-grid.',
  source: twoDimensionalSource,
  method: { id: 'dist-gan', options: fastOptions },
  architecture: { id: 'mlp' },
  dataset: { id: 'gaussian-sine', options: fastDatasetOptions },
  latents: squareLatents,
  batchSize: 128,
  steps: 12_000,
  guards: pointGuards,
  evaluation: mixtureEvaluation(1000),
  published: [],
};
