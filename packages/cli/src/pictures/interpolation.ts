import { RandomStream, type Dataset, type LatentOptions, type SampleBatch } from '@dist-gan/core';
import { drawImageGrid } from './image-grid.js';
import { drawableShape, imageBytes } from './image-pixels.js';

/** Rows of the picture, and images in each. */
const side = 8;

/**
 * Draws what a generator makes of latents on the way between two latents, one way a row; `undefined` for samples
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

/**
 * `[side * side, dimension]`: row by row from one latent to another, both included. Normal latents go along an arc: the
 * middle of a straight line is shorter than any latent that a generator of many dimensions has been trained on.
 *
 * @see White, "Sampling generative networks", 2016, arXiv 1609.04468, section 2.1
 */
export function latentLines({ dimension, distribution }: LatentOptions, stream: RandomStream): Float32Array {
  const latent = () =>
    distribution === 'uniform' ? stream.uniform(dimension, { low: -1, high: 1 }) : stream.normal(dimension);
  const lines = new Float32Array(side * side * dimension);
  for (let row = 0; row < side; row++) {
    const [from, to] = [latent(), latent()];
    const angle = distribution === 'uniform' ? 0 : angleBetween(from, to);
    for (let column = 0; column < side; column++) {
      const [ofFrom, ofTo] = shares(column / (side - 1), angle);
      const start = (row * side + column) * dimension;
      for (let i = 0; i < dimension; i++) lines[start + i] = ofFrom * from[i] + ofTo * to[i];
    }
  }
  return lines;
}

/** Of the two ends, so far along the way (0 to 1); an angle of 0 is a straight line. */
function shares(way: number, angle: number): [number, number] {
  const sine = Math.sin(angle);
  if (sine < 1e-6) return [1 - way, way];
  return [Math.sin((1 - way) * angle) / sine, Math.sin(way * angle) / sine];
}

function angleBetween(a: Float32Array, b: Float32Array): number {
  let [product, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i] * b[i];
    aa += a[i] ** 2;
    bb += b[i] ** 2;
  }
  return Math.acos(Math.min(1, Math.max(-1, product / Math.sqrt(aa * bb))));
}
