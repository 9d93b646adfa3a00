import type { PublishedNumber, Source } from '@dist-gan/core';
import type { TypedPreset } from './typed-preset.js';

/*
 * The ring and the grid of VEEGAN, on which PacGAN and GDPP compare, too: data in their own coordinates, PacGAN's networks (ALI's, for
 * points) and its settings, and the protocol that all three count by: 2500 samples, a sample within three standard deviations of the
 * nearest centre being one of high quality, a mode covered by one such sample.
 */

const source: Source = {
  title: 'Lin, Khetan, Fanti, Oh: PacGAN, the power of two samples in generative adversarial networks',
  year: 2018,
  reference: 'arXiv:1712.04086',
  code: 'fjxmlzn/PacGAN synthetic_data_experiments',
};

const grid = [-4, -2, 0, 2, 4].flatMap((x) => [-4, -2, 0, 2, 4].map((y) => [x, y]));
const ring = Array.from({ length: 8 }, (_, mode) => {
  const angle = (2 * Math.PI * mode) / 8;
  return [Math.cos(angle), Math.sin(angle)];
});

const layouts = {
  'gaussian-ring': {
    title: '8 Gaussians on a ring',
    centres: ring,
    standardDeviation: 0.01,
    published: [
      covered('GAN 1, ALI 2.8, Unrolled 7.6, VEEGAN 8', 'VEEGAN, table 1'),
      quality('GAN 0.993, ALI 0.0013, Unrolled 0.356, VEEGAN 0.529', 'VEEGAN, table 1'),
      covered(
        'GAN 6.3 ± 0.5, ALI 6.6 ± 0.3, PacGAN2 7.9 ± 0.1, PacGAN3 7.8 ± 0.1, PacGAN4 7.8 ± 0.1',
        'PacGAN, table 1',
      ),
      quality(
        'GAN 0.982 ± 0.002, ALI 0.976 ± 0.004, PacGAN2 0.956 ± 0.020, PacGAN4 0.959 ± 0.014',
        'PacGAN, table 1',
      ),
      covered('WGAN-GP 6.8, GDPP 8.0', 'GDPP'),
      quality('WGAN-GP 0.596, GDPP 0.717', 'GDPP'),
    ],
  },
  'gaussian-grid': {
    title: '25 Gaussians',
    centres: grid,
    standardDeviation: 0.05,
    published: [
      covered('GAN 3.3, ALI 15.8, Unrolled 23.6, VEEGAN 24.6', 'VEEGAN, table 1'),
      quality('GAN 0.005, ALI 0.016, Unrolled 0.16, VEEGAN 0.40', 'VEEGAN, table 1'),
      covered(
        'GAN 17.3 ± 0.8, ALI 24.1 ± 0.4, PacGAN2 23.8 ± 0.7, PacGAN3 24.6 ± 0.4, PacGAN4 24.8 ± 0.2',
        'PacGAN, table 1',
      ),
      quality(
        'GAN 0.948 ± 0.007, ALI 0.957 ± 0.006, PacGAN2 0.913 ± 0.008, PacGAN4 0.936 ± 0.006',
        'PacGAN, table 1',
      ),
      {
        metric: 'kl-divergence',
        text: 'GAN 0.70 ± 0.07, ALI 0.14 ± 0.03, PacGAN4 0.04 ± 0.01',
        source: 'PacGAN, table 1',
      },
      covered('WGAN-GP 24.2, GDPP 24.8', 'GDPP'),
      quality('WGAN-GP 0.287, GDPP 0.685', 'GDPP'),
    ],
  },
} as const satisfies Record<string, { published: readonly PublishedNumber[]; [key: string]: unknown }>;

function covered(text: string, where: string): PublishedNumber {
  return { metric: 'modes-covered', text, source: where };
}

function quality(text: string, where: string): PublishedNumber {
  return { metric: 'high-quality-share', text, source: where };
}

const adam = { learningRate: 1e-4, beta1: 0.8, beta2: 0.999 } as const;

const variants = {
  gan: { title: 'GAN', method: { id: 'gan', options: adam } },
  ali: { title: 'ALI', method: { id: 'ali', options: adam } },
  pacgan2: { title: 'PacGAN of 2', method: { id: 'gan', options: { ...adam, packing: 2 } } },
  pacgan4: { title: 'PacGAN of 4', method: { id: 'gan', options: { ...adam, packing: 4 } } },
  unrolled: {
    title: 'Unrolled GAN',
    method: { id: 'unrolled', options: { ...adam, generatorLearningRate: 1e-4 } },
  },
  veegan: { title: 'VEEGAN', method: { id: 'veegan', options: adam } },
  'dist-gan': {
    title: 'Dist-GAN',
    method: {
      id: 'dist-gan',
      options: {
        ...adam,
        reconstructionLoss: 'squared-error',
        latentDataSpace: 'samples',
        latentWeight: 1,
        reconstructedFade: 'none',
      },
    },
  },
} as const satisfies Record<string, { title: string; method: TypedPreset['method'] }>;

type LayoutId = keyof typeof layouts;
type VariantId = keyof typeof variants;

function preset(layout: LayoutId, variant: VariantId): TypedPreset {
  const { title: data, centres, standardDeviation, published } = layouts[layout];
  const { title, method } = variants[variant];
  return {
    id: `${layout}-pacgan-${variant}`,
    title: `${data}, ${title}, as PacGAN compares`,
    description:
      `${title} on ${data.toLowerCase()} in their own coordinates, with the networks, the settings and the counting of PacGAN's ` +
      'comparison: 100,000 points, batches of 100, 400 epochs; 2500 samples, within three standard deviations of the nearest ' +
      'centre. Where the comparison has no such method its settings are those of the others.',
    source,
    method,
    architecture: { id: 'ali-mlp' },
    dataset: {
      id: 'gaussian-mixture',
      options: { centres, standardDeviation, pointsPerMode: 100_000 / centres.length, normalise: false },
    },
    latents: { dimension: 2, distribution: 'normal' },
    batchSize: 100,
    steps: 400_000,
    evaluation: {
      every: 10_000,
      samples: 2500,
      metrics: [
        {
          id: 'mode-coverage',
          options: { rule: 'nearest', boundary: 'exclusive', standardDeviations: 3, minimumCount: 1 },
        },
      ],
    },
    published,
  };
}

/** PacGAN's comparison, by ids such as `gaussian-ring-pacgan-gan`. */
export const pacganComparison = Object.fromEntries(
  (Object.keys(layouts) as LayoutId[]).flatMap((layout) =>
    (Object.keys(variants) as VariantId[]).map((variant) => {
      const made = preset(layout, variant);
      return [made.id, made];
    }),
  ),
) as Record<`${LayoutId}-pacgan-${VariantId}`, TypedPreset>;
