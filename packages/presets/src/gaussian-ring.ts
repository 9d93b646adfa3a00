import {
  fastOptions,
  mixtureEvaluation,
  pointGuards,
  squareLatents,
  twoDimensionalSource,
} from './two-dimensional.js';
import type { TypedPreset } from './typed-preset.js';

/** The 8 Gaussians on a ring, in minutes. */
export const gaussianRing: TypedPreset = {
  id: 'gaussian-ring',
  title: '8 Gaussians on a ring, fast',
  description:
    'Dist-GAN on 8 Gaussians on a ring, on which Unrolled GAN and others show mode collapse, with the fast settings of ' +
    'gaussian-grid, but without its margin. The paper of Dist-GAN has no such ring.',
  source: twoDimensionalSource,
  method: { id: 'dist-gan', options: fastOptions },
  architecture: { id: 'mlp' },
  dataset: { id: 'gaussian-ring' },
  latents: squareLatents,
  batchSize: 128,
  steps: 12_000,
  guards: pointGuards,
  evaluation: mixtureEvaluation(1000),
  published: [],
};
