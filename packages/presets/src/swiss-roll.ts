import {
  fastDatasetOptions,
  fastOptions,
  pointGuards,
  squareLatents,
  twoDimensionalSource,
} from './two-dimensional.js';
import type { TypedPreset } from './typed-preset.js';

/** There are no modes to be counted: how far points are from real ones, and how much of the spiral they leave out. */
function spiralEvaluation(every: number): TypedPreset['evaluation'] {
  const options = { realSamples: 2000 };
  return {
    every,
    samples: 2000,
    metrics: [
      { id: 'sliced-wasserstein', options },
      { id: 'precision', options },
      { id: 'recall', options },
      { id: 'coverage', options },
    ],
  };
}

/** The swiss roll in minutes. */
export const swissRoll: TypedPreset = {
  id: 'swiss-roll',
  title: 'Swiss roll, fast',
  description:
    "Dist-GAN on WGAN-GP's swiss roll, with the fast settings of gaussian-grid. The paper of Dist-GAN has no such data.",
  source: twoDimensionalSource,
  method: { id: 'dist-gan', options: fastOptions },
  architecture: { id: 'mlp' },
  dataset: { id: 'swiss-roll', options: fastDatasetOptions },
  latents: squareLatents,
  batchSize: 128,
  steps: 12_000,
  guards: pointGuards,
  evaluation: spiralEvaluation(1000),
  published: [],
};

/** The swiss roll as WGAN-GP's toy has it. */
export const swissRollWganGpPaper: TypedPreset = {
  id: 'swiss-roll-wgan-gp-paper',
  title: 'Swiss roll, WGAN-GP, settings of its toy',
  description:
    'WGAN-GP on the swiss roll with the data, the nets and the settings of its authors: three layers of 512, batches of 256, ' +
    'five critic steps, a penalty of 0.1, 100,000 steps. They show pictures and no numbers. Kernels are drawn from normal distributions of the ' +
    "variance that theirs have, uniform ones, but for the last layer's, where theirs is Glorot's.",
  source: {
    title: 'Gulrajani et al.: Improved training of Wasserstein GANs',
    year: 2017,
    reference: 'arXiv:1704.00028',
    code: 'igul222/improved_wgan_training 3c8ba3c gan_toy.py',
  },
  method: { id: 'wgan-gp', options: { gradientPenaltyWeight: 0.1 } },
  architecture: { id: 'mlp', options: { hiddenUnits: [512, 512, 512], outputActivation: 'linear' } },
  dataset: { id: 'swiss-roll', options: { normalise: false } },
  latents: { dimension: 2, distribution: 'normal' },
  batchSize: 256,
  steps: 100_000,
  evaluation: spiralEvaluation(10_000),
  published: [],
};
