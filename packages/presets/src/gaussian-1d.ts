import { authorsCode, distGanPaper } from './dist-gan-paper.js';
import type { TypedPreset } from './typed-preset.js';

/** One Gaussian on a line, with networks of four hidden units. */
export const gaussian1d: TypedPreset = {
  id: 'gaussian-1d',
  title: 'One Gaussian on a line',
  description:
    'Dist-GAN on N(4, 1) with the settings of the released one-dimensional code, except that the gradient ' +
    "penalty takes each sample's own gradient (the code takes a norm over the batch) and the latent-data " +
    'distance compares reconstructions (the code: real samples).',
  source: distGanPaper(`${authorsCode}, distgan_toy1d/gan.py`),
  method: {
    id: 'dist-gan',
    options: {
      reconstructionLoss: 'squared-error',
      latentDataWeight: 0.1,
      latentDataSpace: 'samples',
      latentWeight: 1,
      realWeight: 0.5,
      reconstructedWeight: 0.5,
      reconstructedFade: 'none',
      gradientPenaltyWeight: 0.1,
      discriminatorSteps: 3,
      learningRate: 1e-3,
      beta1: 0.5,
      beta2: 0.9,
    },
  },
  architecture: { id: 'gaussian-1d' },
  dataset: { id: 'gaussian-1d' },
  latents: { dimension: 1, distribution: 'normal' },
  batchSize: 64,
  steps: 10_000,
  evaluation: { every: 1000, samples: 10_000, metrics: [{ id: 'mean-density-kl' }] },
  published: [],
};
