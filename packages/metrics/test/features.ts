import { readFileSync } from 'node:fs';
import type { Features } from '../src/features/feature-matrix.js';
import { lcg } from '../../../tooling/test/lcg.js';

/** How the features of the vectors in `feature-vectors.json` are drawn. */
export interface Draw {
  readonly seed: number;
  readonly n: number;
  readonly d: number;
  readonly scale: number;
  readonly shift: number;
}

export function draw({ seed, n, d, scale, shift }: Draw): Features {
  return { data: lcg(seed, n * d).map((u) => (u - 0.5) * scale + shift), dimension: d };
}

export interface Pair {
  readonly real: Draw;
  readonly fake: Draw;
}

interface Prdc {
  readonly precision: number;
  readonly recall: number;
  readonly density: number;
  readonly coverage: number;
}

interface FeatureVectors {
  readonly fid_features: readonly (Pair & {
    readonly fid_symmetric: number;
    readonly fid_biased_cov: number;
    readonly rank_deficient: boolean;
  })[];
  readonly kid_features: readonly (Pair & {
    readonly unbiased: number;
    readonly biased: number;
    readonly u_statistic?: number;
    readonly tfgan_block30: { readonly mean: number; readonly stderr: number };
  })[];
  readonly prdc: readonly (Partial<Pair> & {
    readonly k: number;
    readonly strict: Prdc;
    readonly non_strict: Prdc;
  })[];
  readonly coverage_expectation: { readonly N10000_k5: number };
  readonly inception_score: readonly {
    readonly splits?: number;
    readonly mean?: number;
    readonly std_ddof0?: number;
  }[];
  readonly approx_sliced_w2: { readonly value: number };
  readonly vendi: { readonly value: number };
  readonly authpct: { readonly value: number };
}

/** Made by an independent NumPy program. */
export const featureVectors = JSON.parse(
  readFileSync(new URL('feature-vectors.json', import.meta.url), 'utf8'),
) as FeatureVectors;

/** A vector's pair of sets. */
export const drawPair = ({ real, fake }: Pair): { real: Features; generated: Features } => ({
  real: draw(real),
  generated: draw(fake),
});

/** Distances by SciPy and NumPy, of numbers that are drawn here again. */
export const scipyVectors = JSON.parse(
  readFileSync(new URL('scipy-vectors.json', import.meta.url), 'utf8'),
) as {
  readonly small: readonly number[];
  readonly small_frechet: number;
  readonly frechet: readonly { readonly n: number; readonly d: number; readonly value: number }[];
  readonly frechet_large: number;
  readonly kid: readonly { readonly block: number; readonly mean: number; readonly error: number | null }[];
};
