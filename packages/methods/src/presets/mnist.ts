import type { Preset, PublishedNumber } from '@dist-gan/core';
import { distGanPaper } from './two-dimensional.js';

const published: readonly PublishedNumber[] = [
  {
    metric: 'mean-density-kl',
    text: 'Dist-GAN 0.00073, DistGAN2 0.01027, WGAN-GP 0.00412, DCGAN 0.00979 (55,000 samples)',
    source: 'Dist-GAN, figure 4',
  },
];

/** MNIST with the convolutional networks of the authors' code. */
export const mnist: Preset = {
  id: 'mnist',
  title: 'MNIST, convolutional networks',
  description:
    "Dist-GAN on MNIST with the settings and the networks of the authors' code: 100,000 steps of batch 64, log loss, " +
    'reconstruction and latent-data distance in feature space.',
  source: { ...distGanPaper, code: 'github.com/tntrung/gan at 6e67fe3, distgan_image/distgan_mnist.py' },
  method: { id: 'dist-gan' },
  architecture: { id: 'mnist-dcgan', options: { form: 'head' } },
  dataset: { id: 'mnist', options: { split: 'tutorial-train' } },
  latents: { dimension: 100, distribution: 'uniform' },
  batchSize: 64,
  steps: 100_000,
  evaluation: { every: 5000, samples: 10_000, metrics: [{ id: 'mean-density-kl' }] },
  published,
};

/** MNIST with fully connected networks: digits in minutes on any machine. */
export const mnistMlp: Preset = {
  id: 'mnist-mlp',
  title: 'MNIST, fully connected networks',
  description:
    'Dist-GAN on MNIST as vectors of 784 numbers, with small fully connected networks. Settings of our own, ' +
    'chosen so that digits can be read after a few minutes on two processor cores.',
  source: distGanPaper,
  method: { id: 'dist-gan', options: { learningRate: 1e-3 } },
  architecture: { id: 'mlp', options: { hiddenUnits: [256, 256] } },
  dataset: { id: 'mnist' },
  latents: { dimension: 32, distribution: 'uniform' },
  batchSize: 64,
  steps: 6000,
  evaluation: { every: 500, samples: 2000, metrics: [{ id: 'mean-density-kl' }] },
  published,
};
