import type { Dataset } from '@dist-gan/core';
import type { ImageShape } from './paint-images.js';

/** The shape of a data set's samples, where they are grey or colour images. */
export function drawableShape({ sampleShape }: Pick<Dataset, 'sampleShape'>): ImageShape | undefined {
  const [height, width, channels] = sampleShape;
  if (sampleShape.length !== 3 || (channels !== 1 && channels !== 3)) return undefined;
  return { height, width, channels };
}

/** Values of a range as bytes. */
export function toBytes(values: Float32Array, [low, high]: Dataset['range']): Uint8Array {
  return Uint8Array.from(values, (value) =>
    Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low)))),
  );
}
