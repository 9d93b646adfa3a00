import type { SampleBatch } from '@dist-gan/core';
import { drawImageGrid, gridImages } from './image-grid.js';
import { drawableShape, imageBytes } from './image-pixels.js';

/** Samples as a grid, up to 64 of them; `undefined` where they are no images. Gives a PNG file. */
export async function drawSampleGrid(
  { data, count, sampleShape }: SampleBatch,
  range: readonly [low: number, high: number],
  title: string,
): Promise<Uint8Array | undefined> {
  const shape = drawableShape({ sampleShape });
  if (shape === undefined) return undefined;
  const subtitle = count > gridImages ? `the first ${gridImages}` : '';
  return drawImageGrid({
    title,
    subtitle,
    images: imageBytes(data, range, shape, gridImages),
    shape,
  });
}
