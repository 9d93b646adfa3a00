import type { PublishedNumber } from '@dist-gan/core';
import type { TypedPreset } from './typed-preset.js';

/*
 * The data of VEEGAN's comparison, which PacGAN and GDPP take over, in their own coordinates, with its count: 2500 samples, a sample
 * within so many standard deviations of the nearest centre being one of high quality, a mode covered by one such sample.
 */

interface Layout {
  readonly title: string;
  readonly dataset: TypedPreset['dataset'];
  /** How far a sample of high quality may lie from its centre. */
  readonly standardDeviations: number;
  readonly published: readonly PublishedNumber[];
}

const grid = [-4, -2, 0, 2, 4].flatMap((x) => [-4, -2, 0, 2, 4].map((y) => [x, y]));
const ring = Array.from({ length: 8 }, (_, mode) => {
  const angle = (2 * Math.PI * mode) / 8;
  return [Math.cos(angle), Math.sin(angle)];
});

function mixture(centres: number[][], standardDeviation: number): TypedPreset['dataset'] {
  return {
    id: 'gaussian-mixture',
    options: { centres, standardDeviation, pointsPerMode: 100_000 / centres.length, normalise: false },
  };
}

export const veeganLayouts = {
  'gaussian-ring': {
    title: '8 Gaussians on a ring',
    dataset: mixture(ring, 0.01),
    standardDeviations: 3,
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
      covered('WGAN-GP 6.8, GDPP 8.0', 'GDPP, table 1'),
      quality('WGAN-GP 0.596, GDPP 0.717', 'GDPP, table 1'),
    ],
  },
  'gaussian-grid': {
    title: '25 Gaussians',
    dataset: mixture(grid, 0.05),
    standardDeviations: 3,
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
      covered('WGAN-GP 24.2, GDPP 24.8', 'GDPP, table 1'),
      quality('WGAN-GP 0.287, GDPP 0.685', 'GDPP, table 1'),
    ],
  },
  'embedded-gaussians': {
    title: '10 Gaussians in 1200 dimensions',
    dataset: { id: 'embedded-gaussians' },
    standardDeviations: 10,
    published: [
      covered('GAN 1.6, ALI 3, Unrolled 0, VEEGAN 5.5', 'VEEGAN, table 1'),
      quality('GAN 0.02, ALI 0.054, Unrolled 0, VEEGAN 0.283', 'VEEGAN, table 1'),
      covered('WGAN-GP 6.4, GDPP 7.4', 'GDPP, table 1'),
      quality('WGAN-GP 0.295, GDPP 0.483', 'GDPP, table 1'),
    ],
  },
} as const satisfies Record<string, Layout>;

export function veeganCount(standardDeviations: number): TypedPreset['evaluation']['metrics'][number] {
  return {
    id: 'mode-coverage',
    options: { rule: 'nearest', boundary: 'exclusive', standardDeviations, minimumCount: 1 },
  };
}

function covered(text: string, where: string): PublishedNumber {
  return { metric: 'modes-covered', text, source: where };
}

function quality(text: string, where: string): PublishedNumber {
  return { metric: 'high-quality-share', text, source: where };
}
