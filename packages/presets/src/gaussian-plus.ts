import {
  fastDatasetOptions,
  fastOptions,
  mixtureEvaluation,
  pointGuards,
  squareLatents,
  twoDimensionalSource,
} from './two-dimensional.js';
import type { TypedPreset } from './typed-preset.js';

/** The 13 Gaussians on two crossing lines, in minutes. */
export const gaussianPlus: TypedPreset = {
  id: 'gaussian-plus',
  title: '13 Gaussians on a cross, fast',
  description: 'Dist-GAN on 13 Gaussians along two axes, with the fast settings of gaussian-grid.',
  source: twoDimensionalSource,
  method: { id: 'dist-gan', options: fastOptions },
  architecture: { id: 'mlp' },
  dataset: { id: 'gaussian-plus', options: fastDatasetOptions },
  latents: squareLatents,
  batchSize: 128,
  steps: 12_000,
  guards: pointGuards,
  evaluation: mixtureEvaluation(1000),
  published: [],
};
