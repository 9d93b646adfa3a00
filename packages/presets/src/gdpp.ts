import type { Source } from '@dist-gan/core';
import type { TypedPreset } from './typed-preset.js';
import { veeganCount, veeganLayouts } from './veegan-layouts.js';

/* GDPP's comparison on the data of VEEGAN: the networks and the settings of Unrolled GAN's toy, which VEEGAN takes over. */

const source: Source = {
  title:
    'Elfeki, Couprie, Riviere, Elhoseiny: GDPP, learning diverse generations using determinantal point processes',
  year: 2019,
  reference: 'arXiv:1812.00068',
  code: 'M-Elfeki/GDPP 9933aff gdppgan_Synthetic.py',
};

const adam = { learningRate: 1e-4, generatorLearningRate: 1e-3, beta1: 0.5, beta2: 0.999 } as const;

interface Variant {
  readonly title: string;
  readonly method: TypedPreset['method'];
  /** Default 25,000. */
  readonly steps?: number;
}

const variants = {
  gan: { title: 'GAN', method: { id: 'gan', options: adam } },
  unrolled: { title: 'Unrolled GAN', method: { id: 'unrolled', options: adam } },
  'wgan-gp': { title: 'WGAN-GP', method: { id: 'wgan-gp', options: adam } },
  veegan: { title: 'VEEGAN', method: { id: 'veegan' }, steps: 100_000 },
  gdpp: { title: 'GDPP', method: { id: 'gan', options: { ...adam, regularisers: [{ id: 'gdpp' }] } } },
  'dist-gan': {
    title: 'Dist-GAN',
    method: {
      id: 'dist-gan',
      options: {
        learningRate: 1e-3,
        beta1: 0.5,
        beta2: 0.999,
        reconstructionLoss: 'squared-error',
        latentDataSpace: 'samples',
        latentWeight: 1,
        reconstructedFade: 'none',
      },
    },
  },
} as const satisfies Record<string, Variant>;

type LayoutId = keyof typeof veeganLayouts;
type VariantId = keyof typeof variants;

function preset(layout: LayoutId, variant: VariantId): TypedPreset {
  const { title: data, dataset, standardDeviations, published } = veeganLayouts[layout];
  const { title, method, steps = 25_000 }: Variant = variants[variant];
  const inSpace = layout === 'embedded-gaussians';
  return {
    id: `${layout}-gdpp-${variant}`,
    title: `${data}, ${title}, as GDPP compares`,
    description:
      `${title} on ${inSpace ? data : data.toLowerCase()} with the networks, the settings and the counting of GDPP's comparison: two layers of 128 ` +
      `with tanh, 256 latents, batches of 512; 2500 samples, within ${standardDeviations} standard deviations of the nearest centre. ` +
      'Kernels are drawn as by He, not orthogonal. Methods that the comparison does not have, or that train all networks alike, have a rate of 0.001.' +
      (layout === 'gaussian-ring'
        ? " Of the eight centres of that code's ring the first and the last are one; here there are eight."
        : '') +
      (inSpace
        ? ' No text says how the mixture was made. Its own samples lie 26.5 standard deviations from their centres: the sliced Wasserstein ' +
          'distance says how near the samples are to them.'
        : ''),
    source,
    method,
    architecture: {
      id: 'mlp',
      options: { hiddenUnits: [128, 128], activation: 'tanh', outputActivation: 'linear' },
    },
    dataset,
    latents: { dimension: 256, distribution: 'normal' },
    batchSize: 512,
    steps,
    evaluation: {
      every: 2500,
      samples: 2500,
      metrics: [
        veeganCount(standardDeviations),
        ...(inSpace
          ? [{ id: 'sliced-wasserstein', options: { realSamples: 2500, directions: 200 } } as const]
          : []),
      ],
    },
    published,
  };
}

/** GDPP's comparison, by ids such as `gaussian-ring-gdpp-gan`. */
export const gdppComparison = Object.fromEntries(
  (Object.keys(veeganLayouts) as LayoutId[]).flatMap((layout) =>
    (Object.keys(variants) as VariantId[]).map((variant) => {
      const made = preset(layout, variant);
      return [made.id, made];
    }),
  ),
) as Record<`${LayoutId}-gdpp-${VariantId}`, TypedPreset>;
