import { RandomStream, type Dataset, type LatentOptions, type SampleBatch } from '@dist-gan/core';
import { drawImageGrid } from './image-grid.js';
import { drawableShape, imageBytes } from './image-pixels.js';

/** Rows of the picture, and images in each. */
const side = 8;

/**
 * Draws what a generator makes of latents on straight lines between two latents, one line a row; `undefined` for samples
 * that are no images.
 */
export async function drawInterpolation({
  dataset,
  latents,
  generate,
  name,
  seed,
}: {
  readonly dataset: Dataset;
  readonly latents: LatentOptions;
  readonly generate: (latents: Float32Array) => Promise<SampleBatch>;
  readonly name: string;
  readonly seed: number;
}): Promise<Uint8Array | undefined> {
  const shape = drawableShape(dataset);
  if (shape === undefined) return undefined;
  const samples = await generate(latentLines(latents, RandomStream.fromSeed(seed).derive('interpolation')));
  return drawImageGrid({
    title: `${name}, between latents`,
    subtitle: 'every row goes in equal steps from one latent to another',
    images: imageBytes(samples.data, dataset.range, shape, side * side),
    shape,
  }).toPng();
}

/** `[side * side, dimension]`: row by row from one latent to another, both included. */
export function latentLines({ dimension, distribution }: LatentOptions, stream: RandomStream): Float32Array {
  const count = 2 * side * dimension;
  const ends =
    distribution === 'uniform' ? stream.uniform(count, { low: -1, high: 1 }) : stream.normal(count);
  return Float32Array.from({ length: side * side * dimension }, (_, i) => {
    const coordinate = i % dimension;
    const image = Math.floor(i / dimension);
    const [row, share] = [Math.floor(image / side), (image % side) / (side - 1)];
    const [from, to] = [ends[2 * row * dimension + coordinate], ends[(2 * row + 1) * dimension + coordinate]];
    return from + share * (to - from);
  });
}
