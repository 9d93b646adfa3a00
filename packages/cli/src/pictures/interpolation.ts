import {
  interpolateLatents,
  RandomStream,
  type Dataset,
  type LatentOptions,
  type SampleBatch,
} from '@dist-gan/core';
import { classInTurn, withClasses } from '@dist-gan/trainer';
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
  classes,
  generate,
  name,
  seed,
}: {
  readonly dataset: Dataset;
  readonly latents: LatentOptions;
  /** Of the generator; 0: it is not conditioned on any. */
  readonly classes: number;
  readonly generate: (latents: Float32Array) => Promise<SampleBatch>;
  readonly name: string;
  readonly seed: number;
}): Promise<Uint8Array | undefined> {
  const shape = drawableShape(dataset);
  if (shape === undefined) return undefined;
  const lines = latentLines(latents, RandomStream.fromSeed(seed).derive('interpolation'), { classes });
  const samples = await generate(lines);
  return drawImageGrid({
    title: `${name}, between latents`,
    subtitle: 'every row goes in equal steps from one latent to another',
    images: imageBytes(samples.data, dataset.range, shape, side * side),
    shape,
  });
}

/**
 * `[side * side, dimension]`: row by row from one latent to another, both included; where a generator has classes, with a class
 * for each way behind its latents, one-hot: `labels` in turn, by default all.
 */
export function latentLines(
  { dimension, distribution }: LatentOptions,
  stream: RandomStream,
  { classes = 0, labels }: { classes?: number; labels?: readonly number[] | undefined } = {},
): Float32Array {
  const latent = () =>
    distribution === 'uniform' ? stream.uniform(dimension, { low: -1, high: 1 }) : stream.normal(dimension);
  const lines = new Float32Array(side * side * dimension);
  for (let row = 0; row < side; row++) {
    const line = interpolateLatents(latent(), latent(), side, distribution);
    lines.set(line, row * line.length);
  }
  const classOfWay = labels === undefined ? (way: number) => way : classInTurn(labels, classes);
  return withClasses(lines, { dimension, classes, classOf: (row) => classOfWay(Math.floor(row / side)) });
}
