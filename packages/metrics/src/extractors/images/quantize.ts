import { NonFiniteError, OptionError, ShapeError, type SampleBatch } from '@dist-gan/core';
import type { ImageBatch } from './image-batch.js';

/** Where values stop being rounding errors of an image's range. */
const slack = 1e-3;

/**
 * Samples of a generator as bytes: floor(255 (x - low) / (high - low) + 0.5), as `torchvision.utils.save_image`
 * rounds. FID is defined on bytes; features of unrounded floats give other numbers.
 *
 * @param samples images `[height, width, channels]` with values in `range`
 * @param range `[0, 1]` for sigmoid generators, `[-1, 1]` for tanh
 * @throws NonFiniteError naming a value that is NaN or infinite
 * @throws OptionError when a value lies outside of the range
 */
export function quantizeImages(
  { data, count, sampleShape }: SampleBatch,
  [low, high]: readonly [low: number, high: number] = [0, 1],
): ImageBatch {
  if (sampleShape.length !== 3) {
    throw new ShapeError(
      `quantizeImages: images must have shape [height, width, channels], got [${sampleShape.join(', ')}]`,
      'sampleShape',
      sampleShape,
      '[height, width, channels]',
    );
  }
  const margin = slack * (high - low);
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (!(value >= low - margin && value <= high + margin)) refuse(value, i, low, high);
    const byte = Math.floor((255 * (value - low)) / (high - low) + 0.5);
    bytes[i] = Math.min(255, Math.max(0, byte));
  }
  return { data: bytes, count, sampleShape };
}

function refuse(value: number, at: number, low: number, high: number): never {
  if (!Number.isFinite(value)) {
    throw new NonFiniteError(`quantizeImages: value ${at} is ${value}`, `value ${at}`);
  }
  throw new OptionError(
    `quantizeImages: value ${at} is ${value}, outside of the range [${low}, ${high}]; name the range of the samples`,
    'range',
    value,
  );
}
