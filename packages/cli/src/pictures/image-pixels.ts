import type { Dataset } from '@dist-gan/core';
import type { ImageShape } from './tile-images.js';

/** The shape of a data set's samples, where they are grey or colour images. */
export function drawableShape({ sampleShape }: Pick<Dataset, 'sampleShape'>): ImageShape | undefined {
  const [height, width, channels] = sampleShape;
  if (sampleShape.length !== 3 || (channels !== 1 && channels !== 3)) return undefined;
  return { height, width, channels };
}

/** The first images among samples as bytes, at most `most` of them. */
export function imageBytes(
  samples: Float32Array,
  [low, high]: Dataset['range'],
  { height, width, channels }: ImageShape,
  most: number,
): Uint8Array {
  const drawn = samples.subarray(0, most * height * width * channels);
  return new Uint8Array(
    drawn.map((value) => Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low))))),
  );
}
