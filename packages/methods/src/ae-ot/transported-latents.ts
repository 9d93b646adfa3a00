import type { Recipe } from '@dist-gan/core';
import { extendTransport } from '@dist-gan/transport';
import type { ResolvedAeOtOptions } from './ae-ot-options.js';
import { scaledCodes } from './scaled-codes.js';

/** Latents of the extended transport map. */
export function transportedLatents({
  threshold,
  interpolation,
  neighbours,
}: Pick<ResolvedAeOtOptions, 'threshold' | 'interpolation' | 'neighbours'>): Recipe['latents'] {
  return async (tensors, count, random) => {
    const { points, dimension, scale, mean } = scaledCodes(tensors);
    const heights = tensors.heights.data as Float64Array;
    const masses = tensors.masses.data as Float64Array;
    const potential = { points, dimension, count: heights.length, masses, heights };
    const map = await extendTransport(potential, { threshold, interpolation, neighbours });
    try {
      const drawn = await map.draw(count, random);
      return drawn.points.map((value, at) => value * scale + mean[at % dimension]);
    } finally {
      map.dispose();
    }
  };
}
