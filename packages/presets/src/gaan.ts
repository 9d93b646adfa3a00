import type { Source } from '@dist-gan/core';
import type { DistGanOptions } from '@dist-gan/methods';
import { celebaDcgan } from './celeba.js';
import { cifar10Dcgan } from './cifar10.js';
import { distGanPaper } from './dist-gan-paper.js';
import { gaussian1d } from './gaussian-1d.js';
import { gaussianGridPaper } from './gaussian-grid.js';
import { howToMeasureFid, publishedLog } from './images.js';
import { mnist } from './mnist.js';
import { paperOptions } from './two-dimensional.js';
import type { TypedPreset } from './typed-preset.js';

/*
 * GAAN, the first version of Dist-GAN (March 2018, arXiv:1803.08887v1): its text is not public, its code is the history of
 * the authors' repository. The objectives are Dist-GAN's; what differs is what the latent-data distance compares, the
 * weights, and the nets.
 */
function gaanPaper(code: string): Source {
  return { ...distGanPaper(`github.com/tntrung/gan ${code}`), reference: 'arXiv:1803.08887v1' };
}

/** Real samples and reconstructions alike; the distance to real samples. */
const gaanOptions = {
  latentDataSource: 'real',
  realWeight: 0.5,
  reconstructedWeight: 0.5,
  reconstructedFade: 'none',
} satisfies DistGanOptions;

/** MNIST as GAAN had it. */
export const mnistGaan: TypedPreset = {
  ...mnist,
  id: 'mnist-gaan',
  title: 'MNIST, as GAAN had it',
  description:
    'GAAN, the first version of Dist-GAN (March 2018), on MNIST: networks without batch norm, real samples and ' +
    'reconstructions weighted alike, the latent-data distance taken of real samples, 200,000 steps of batch 50.',
  source: gaanPaper('at 63b1bea, gaan_mnist/gaan_mnist.py'),
  method: { id: 'dist-gan', options: gaanOptions },
  architecture: { id: 'mnist-dcgan', options: { form: 'gaan' } },
  batchSize: 50,
  steps: 200_000,
};

/** One Gaussian on a line as GAAN had it. */
export const gaussian1dGaan: TypedPreset = {
  ...gaussian1d,
  id: 'gaussian-1d-gaan',
  title: 'One Gaussian on a line, as GAAN had it',
  description:
    'GAAN on N(4, 1): five discriminator updates, a gradient penalty of weight 0.5, the latent-data distance taken of real ' +
    "samples. The penalty takes each sample's own gradient (the code takes a norm over the batch).",
  source: gaanPaper('of March 2018, gaan_toy1d'),
  method: {
    id: 'dist-gan',
    options: {
      ...gaanOptions,
      reconstructionLoss: 'squared-error',
      latentDataWeight: 0.1,
      latentDataSpace: 'samples',
      latentWeight: 1,
      gradientPenaltyWeight: 0.5,
      discriminatorSteps: 5,
      learningRate: 1e-3,
      beta1: 0.5,
      beta2: 0.9,
    },
  },
};

/** The 25 Gaussians as GAAN had them: the algorithm of the released script, which did not change since. */
export const gaussianGridGaan: TypedPreset = {
  ...gaussianGridPaper,
  id: 'gaussian-grid-gaan',
  title: '25 Gaussians, as GAAN had them',
  description:
    'GAAN on a grid of 25 Gaussians: the released two-dimensional script, which is the same since March 2018. It calls ' +
    'reconstructions fake; the rest is as in gaussian-grid-paper.',
  source: gaanPaper('since March 2018, gaan_toy2d'),
  method: { id: 'dist-gan', options: { ...paperOptions, reconstructedLabel: 'fake' } },
};

/** What presets of images do otherwise. */
const perSample =
  'The penalty is taken at points with one coefficient for each sample (the code of that time: for each number).';

/** Images: the weights of May 2018, and the reconstruction phase of before June 2018. */
const gaanImages = { ...publishedLog, autoencoderUpdates: 'encoder' } satisfies DistGanOptions;

/** CIFAR-10 as GAAN had it. */
export const cifar10Gaan: TypedPreset = {
  ...cifar10Dcgan,
  id: 'cifar10-gaan',
  title: 'CIFAR-10, as GAAN had it',
  description:
    'GAAN on CIFAR-10: the DCGAN of four convolutions, and a reconstruction phase that trains the encoder alone. ' +
    `${perSample} ${howToMeasureFid}`,
  source: gaanPaper('before 2018-06-02, gaan_image'),
  method: { id: 'dist-gan', options: gaanImages },
};

/** CelebA as GAAN had it. */
export const celebaGaan: TypedPreset = {
  ...celebaDcgan,
  id: 'celeba-gaan',
  title: 'CelebA 64 x 64, as GAAN had it',
  description:
    'GAAN on faces of 64 x 64: the DCGAN of four convolutions, batches of 32, and a reconstruction phase that trains the ' +
    `encoder alone. ${perSample} ${howToMeasureFid}`,
  source: gaanPaper('before 2018-06-02, gaan_image'),
  method: { id: 'dist-gan', options: gaanImages },
  batchSize: 32,
};
