import type { Source } from '@dist-gan/core';
import type { TypedPreset } from './typed-preset.js';
import { veeganCount, veeganLayouts } from './veegan-layouts.js';

/* PacGAN's comparison on the ring and the grid of VEEGAN: its networks (ALI's, for points) and its settings. */

const source: Source = {
  title: 'Lin, Khetan, Fanti, Oh: PacGAN, the power of two samples in generative adversarial networks',
  year: 2018,
  reference: 'arXiv:1712.04086',
  code: 'fjxmlzn/PacGAN synthetic_data_experiments',
};

const adam = { learningRate: 1e-4, beta1: 0.8, beta2: 0.999 } as const;

interface Variant {
  readonly title: string;
  readonly method: TypedPreset['method'];
}

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
} as const satisfies Record<string, Variant>;

type LayoutId = 'gaussian-ring' | 'gaussian-grid';
type VariantId = keyof typeof variants;

function preset(layout: LayoutId, variant: VariantId): TypedPreset {
  const { title: data, dataset, standardDeviations, published } = veeganLayouts[layout];
  const { title, method }: Variant = variants[variant];
  /** A batch there is one of groups. */
  const { packing = 1 } = method.options as { readonly packing?: number };
  return {
    id: `${layout}-pacgan-${variant}`,
    title: `${data}, ${title}, as PacGAN compares`,
    description:
      `${title} on ${data.toLowerCase()} in their own coordinates, with the networks, the settings and the counting of PacGAN's ` +
      `comparison: 100,000 points, batches of 100${packing > 1 ? ` groups of ${packing} points` : ''}, 400,000 steps; 2500 samples, within three ` +
      'standard deviations of the nearest centre. Where the comparison has no such method its settings are those of the others.',
    source,
    method,
    architecture: { id: 'ali-mlp' },
    dataset,
    latents: { dimension: 2, distribution: 'normal' },
    batchSize: 100 * packing,
    steps: 400_000,
    evaluation: {
      every: 10_000,
      samples: 2500,
      metrics: [veeganCount(standardDeviations)],
    },
    published,
  };
}

/** PacGAN's comparison, by ids such as `gaussian-ring-pacgan-gan`. */
export const pacganComparison = Object.fromEntries(
  (['gaussian-ring', 'gaussian-grid'] as const).flatMap((layout) =>
    (Object.keys(variants) as VariantId[]).map((variant) => {
      const made = preset(layout, variant);
      return [made.id, made];
    }),
  ),
) as Record<`${LayoutId}-pacgan-${VariantId}`, TypedPreset>;
