import type { ComputingStage, Recipe } from '@dist-gan/core';
import type { ResolvedAeOtOptions } from './ae-ot-options.js';

/** Latents of the extended map: `transported`, `[draws, latentDimension]`. */
export function drawStage({
  draws,
  latents,
  threshold,
  interpolation,
  neighbours,
}: Pick<ResolvedAeOtOptions, 'threshold' | 'interpolation' | 'neighbours'> & {
  readonly draws: number;
  readonly latents: Recipe['latents'];
}): ComputingStage {
  return {
    name: 'draw',
    options: { draws, threshold, interpolation, neighbours },
    async compute({ tensors, latentDimension, random }) {
      const data = await latents(tensors, draws, random);
      return { transported: { shape: [draws, latentDimension], data } };
    },
  };
}
