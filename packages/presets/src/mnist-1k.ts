import type { DistGanOptions } from '@dist-gan/methods';
import type { PublishedNumber } from '@dist-gan/core';
import { distGanPaper } from './dist-gan-paper.js';
import { publishedLog, uniformLatents } from './images.js';
import type { TypedPreset } from './typed-preset.js';

/** Modes and KL(generated || uniform), by the size of the discriminator. */
const published: Readonly<Record<'quarter' | 'half', readonly PublishedNumber[]>> = {
  quarter: [
    {
      metric: 'modes-covered',
      text: 'Dist-GAN 859.5 ± 68.7, WGAN-GP 640.1 ± 136.3, Unrolled 372.2 ± 20.7, GAN 30.6 ± 20.7 (25,600 samples)',
      value: 859.5,
      source: 'Dist-GAN, table 1, K/4',
    },
    {
      metric: 'modes-covered',
      text: 'DCGAN 30.6 ± 20.7, Unrolled (10 steps) 327.2 ± 74.7, PacDCGAN4 667.4 ± 29.0',
      source: 'PacGAN, table 3, D = 1/4 G',
    },
    {
      metric: 'kl-divergence',
      text: 'Dist-GAN 1.04 ± 0.29, WGAN-GP 1.97 ± 0.70, Unrolled 4.66 ± 0.46, GAN 5.99 ± 0.04',
      value: 1.04,
      source: 'Dist-GAN, table 1, K/4',
    },
  ],
  half: [
    {
      metric: 'modes-covered',
      text: 'Dist-GAN 917.9 ± 69.6, WGAN-GP 772.4 ± 146.5, Unrolled 817.4 ± 39.9, GAN 628.0 ± 140.9 (25,600 samples)',
      value: 917.9,
      source: 'Dist-GAN, table 1, K/2',
    },
    {
      metric: 'modes-covered',
      text: 'DCGAN 628.0 ± 140.9, Unrolled (10 steps) 817.4 ± 37.9, PacDCGAN3 866.6 ± 12.1',
      source: 'PacGAN, table 3, D = 1/2 G',
    },
    {
      metric: 'kl-divergence',
      text: 'Dist-GAN 1.06 ± 0.23, WGAN-GP 1.35 ± 0.55, Unrolled 1.43 ± 0.12, GAN 2.58 ± 0.75',
      value: 1.06,
      source: 'Dist-GAN, table 1, K/2',
    },
  ],
};

type Size = keyof typeof published;

/** The authors' later code: lambda_p 0.5, lambda_r 0.01 (msdistgan_mnist1k.py:99-124). */
const releasedOptions = {
  ...publishedLog,
  gradientPenaltyWeight: 0.5,
  latentDataWeight: 0.01,
} satisfies DistGanOptions;

function paper(id: string, discriminatorSize: Size, fraction: string): TypedPreset {
  return {
    id,
    title: `MNIST-1K, discriminator of ${fraction}`,
    description:
      `Dist-GAN on three stacked digits, 1000 modes, with the networks of Unrolled GAN: the discriminator has ${fraction} ` +
      "of the generator's channels. The paper states neither latents nor steps; both are those of the authors' later code.",
    source: distGanPaper(
      'fjxmlzn/PacGAN stacked_MNIST_experiments/unrolled_GAN_experiment, for the networks',
    ),
    method: { id: 'dist-gan', options: publishedLog },
    architecture: { id: 'stacked-mnist', options: { form: 'unrolled-paper', discriminatorSize } },
    dataset: { id: 'mnist-1k' },
    latents: uniformLatents(256),
    batchSize: 64,
    steps: 200_000,
    evaluation: { every: 10_000, samples: 25_600, metrics: [{ id: 'label-histogram' }] },
    published: published[discriminatorSize],
  };
}

function released(id: string, discriminatorSize: Size, fraction: string): TypedPreset {
  return {
    ...paper(id, discriminatorSize, fraction),
    title: `MNIST-1K, discriminator of ${fraction}, as released`,
    description:
      'Dist-GAN on three stacked digits, 1000 modes, as in the code that its authors released later: networks without ' +
      `batch norm but for the generator, the discriminator with ${fraction} of the channels, a gradient penalty of weight ` +
      '0.5 and a latent-data distance of weight 0.01.',
    source: distGanPaper('github.com/tntrung/msgan at 8b8170f, msdistgan_mnist1k.py'),
    method: { id: 'dist-gan', options: releasedOptions },
    architecture: { id: 'stacked-mnist', options: { form: 'authors-later', discriminatorSize } },
  };
}

export const mnist1kQuarter = paper('mnist-1k-quarter', 'quarter', 'a quarter');
export const mnist1kHalf = paper('mnist-1k-half', 'half', 'half');
export const mnist1kQuarterReleased = released('mnist-1k-quarter-released', 'quarter', 'a quarter');
export const mnist1kHalfReleased = released('mnist-1k-half-released', 'half', 'half');
