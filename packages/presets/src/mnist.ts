import type { PublishedNumber } from '@dist-gan/core';
import { authorsCode, distGanPaper } from './dist-gan-paper.js';
import { uniformLatents } from './images.js';
import type { TypedPreset } from './typed-preset.js';

const source = distGanPaper(`${authorsCode}, distgan_image/distgan_mnist.py`);

const published: readonly PublishedNumber[] = [
  {
    metric: 'mean-density-kl',
    text: 'Dist-GAN 0.00073, DistGAN2 0.01027, WGAN-GP 0.00412, DCGAN 0.00979 (55,000 samples)',
    value: 0.00073,
    source: 'Dist-GAN, figure 4',
  },
  {
    metric: 'kl-divergence',
    text: '0.01 (direction and number of samples not stated)',
    source: 'Dist-GAN, figure 7',
  },
  {
    metric: 'total-variation',
    text: 'GAN 0.461, DAN-S 0.047, DAN-2S 0.061 (against the uniform distribution)',
    source: 'DAN, README of its code',
  },
];

/** MNIST with the convolutional networks of the authors' code. */
export const mnist: TypedPreset = {
  id: 'mnist',
  title: 'MNIST, convolutional networks',
  description:
    "Dist-GAN on MNIST with the settings and the networks of the authors' code: 100,000 steps of batch 64, log loss, " +
    'reconstruction and latent-data distance in feature space.',
  source,
  method: { id: 'dist-gan' },
  architecture: { id: 'mnist-dcgan', options: { form: 'head' } },
  dataset: { id: 'mnist', options: { split: 'tutorial-train' } },
  latents: uniformLatents(100),
  batchSize: 64,
  steps: 100_000,
  evaluation: {
    every: 5000,
    samples: 10_000,
    metrics: [{ id: 'mean-density-kl' }, { id: 'label-histogram', options: { reference: 'data' } }],
  },
  published,
};

/** MNIST with two latents, for the map of which latents become which digits. */
export const mnistLatentMap: TypedPreset = {
  ...mnist,
  id: 'mnist-latent-map',
  title: 'MNIST, two latents',
  description:
    'Dist-GAN on MNIST with latents on a square, for the 70,000 steps of figures 1 and 2 of the paper; the run ends with a ' +
    'map of the digits that latents become.',
  latents: uniformLatents(2),
  steps: 70_000,
};

/** MNIST, each digit by its class. */
export const mnistConditional: TypedPreset = {
  ...mnist,
  id: 'mnist-conditional',
  title: 'MNIST, by class',
  description:
    'Dist-GAN on MNIST with a generator and a discriminator that are given the digit: conditional batch norm and a projection ' +
    'in the networks of mnist at half their width. Of no paper; dist-gan sample --labels 7 then draws sevens.',
  architecture: { id: 'mnist-dcgan', options: { form: 'head', width: 32, classes: 10 } },
  steps: 20_000,
  // Evaluations sample all digits equally often.
  evaluation: {
    every: 1000,
    samples: 10_000,
    metrics: [{ id: 'mean-density-kl' }, { id: 'label-histogram', options: { reference: 'uniform' } }],
  },
  // Others were trained without labels.
  published: [],
};

/** MNIST with fully connected networks: digits in minutes on any machine. */
export const mnistMlp: TypedPreset = {
  id: 'mnist-mlp',
  title: 'MNIST, fully connected networks',
  description:
    'Dist-GAN on MNIST as vectors of 784 numbers, with small fully connected networks. Settings of our own, ' +
    'chosen so that digits can be read after a few minutes on two processor cores.',
  source,
  method: { id: 'dist-gan', options: { learningRate: 1e-3 } },
  architecture: { id: 'mlp', options: { hiddenUnits: [256, 256] } },
  dataset: { id: 'mnist' },
  latents: uniformLatents(32),
  batchSize: 64,
  steps: 6000,
  // No classifier of digits is needed.
  evaluation: { every: 500, samples: 2000, metrics: [{ id: 'mean-density-kl' }] },
  published,
};
