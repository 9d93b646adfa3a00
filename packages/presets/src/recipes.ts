import type { Source } from '@dist-gan/core';
import { gaussianGrid } from './gaussian-grid.js';
import { mnist } from './mnist.js';
import type { TypedRecipePreset } from './typed-preset.js';

const aeOtSource: Source = {
  title:
    'An, Guo, Lei, Luo, Yau, Gu: AE-OT: A new generative model based on extended semi-discrete optimal transport',
  year: 2020,
  reference: 'ICLR 2020',
};

const aeOtGanSource: Source = {
  title: 'An, Guo, Zhang, Qi, Lei, Gu: AE-OT-GAN: Training GANs from data specific latent distribution',
  year: 2020,
  reference: 'arXiv:2001.03698',
};

const reconstruction =
  "The paper's losses, weights and nets cannot be read: those of the adversarial stage are a reconstruction of ours.";

/** AE-OT on the 25 Gaussians: the transport is solved exactly. */
const aeOtGaussianGrid: TypedRecipePreset = {
  id: 'ae-ot-gaussian-grid',
  title: '25 Gaussians, AE-OT',
  description:
    'AE-OT on a grid of 25 Gaussians: an autoencoder, transport of a square to 1000 codes, solved exactly, and latents of ' +
    'its extension, which mixes no codes across the singular set. Settings of our own.',
  source: aeOtSource,
  recipe: {
    id: 'ae-ot',
    options: { steps: 6000, refineSteps: 2000, codes: 1000, learningRate: 2e-3, threshold: 0.3 },
  },
  architecture: { id: 'mlp' },
  dataset: gaussianGrid.dataset,
  latentDimension: 2,
  batchSize: 128,
  evaluation: { samples: 2000, metrics: gaussianGrid.evaluation.metrics },
  published: gaussianGrid.published,
};

const aeOtGanGaussianGrid: TypedRecipePreset = {
  ...aeOtGaussianGrid,
  id: 'ae-ot-gan-gaussian-grid',
  title: '25 Gaussians, AE-OT-GAN',
  description: `AE-OT as in ae-ot-gaussian-grid, and then a GAN on its latents. ${reconstruction}`,
  source: aeOtGanSource,
  recipe: {
    id: 'ae-ot-gan',
    options: { ...aeOtGaussianGrid.recipe.options, ganSteps: 4000, contentWeight: 100 },
  },
};

/** AE-OT on MNIST, in minutes. */
const aeOtMnist: TypedRecipePreset = {
  id: 'ae-ot-mnist',
  title: 'MNIST, AE-OT',
  description:
    'AE-OT on MNIST with small fully connected networks: transport over 10,000 codes of 16 numbers. Settings of our own, for ' +
    'minutes on two processor cores.',
  source: aeOtSource,
  recipe: {
    id: 'ae-ot',
    options: { steps: 2000, refineSteps: 500, codes: 10_000, threshold: 0.5, maximumSamples: 2 ** 17 },
  },
  architecture: { id: 'mlp', options: { hiddenUnits: [256, 128] } },
  dataset: { id: 'mnist' },
  latentDimension: 16,
  batchSize: 128,
  evaluation: { samples: 2000, metrics: [{ id: 'mean-density-kl' }] },
  published: mnist.published,
};

const aeOtGanMnist: TypedRecipePreset = {
  ...aeOtMnist,
  id: 'ae-ot-gan-mnist',
  title: 'MNIST, AE-OT-GAN',
  description: `AE-OT as in ae-ot-mnist, and then a GAN on its latents. ${reconstruction}`,
  source: aeOtGanSource,
  // With the default weight, a thirtieth of that, the digits are further from real ones than AE-OT's.
  recipe: {
    id: 'ae-ot-gan',
    options: { ...aeOtMnist.recipe.options, ganSteps: 3000, contentWeight: 300 },
  },
};

/** AE-OT-GAN on CIFAR-10, with the standard CNN of SN-GAN. */
const aeOtGanCifar10: TypedRecipePreset = {
  id: 'ae-ot-gan-cifar10',
  title: 'CIFAR-10, AE-OT-GAN',
  description:
    "AE-OT-GAN on CIFAR-10 with SN-GAN's standard CNN: transport over 20,000 codes of 128 numbers. Not trained here to its " +
    `end. ${reconstruction}`,
  source: aeOtGanSource,
  recipe: {
    id: 'ae-ot-gan',
    options: {
      steps: 40_000,
      refineSteps: 20_000,
      learningRate: 2e-4,
      codes: 20_000,
      // That which a re-implementation of AE-OT has for CIFAR-10, on the scale of its own codes.
      threshold: 1.1,
      maximumSamples: 2 ** 18,
      draws: 50_000,
      ganSteps: 100_000,
    },
  },
  architecture: { id: 'sngan-cnn' },
  dataset: { id: 'cifar10' },
  latentDimension: 128,
  batchSize: 64,
  evaluation: { samples: 5000, metrics: [{ id: 'mean-density-kl' }] },
  published: [],
};

/** Every preset of a recipe by its id. */
export const recipePresets = {
  'ae-ot-gaussian-grid': aeOtGaussianGrid,
  'ae-ot-gan-gaussian-grid': aeOtGanGaussianGrid,
  'ae-ot-mnist': aeOtMnist,
  'ae-ot-gan-mnist': aeOtGanMnist,
  'ae-ot-gan-cifar10': aeOtGanCifar10,
} as const satisfies Record<string, TypedRecipePreset>;
