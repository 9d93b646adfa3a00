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
  range: readonly [low: number, high: number] = [0, 1],
): ImageBatch {
  if (sampleShape.length !== 3) {
    throw new ShapeError(
      `quantizeImages: images must have shape [height, width, channels], got [${sampleShape.join(', ')}]`,
      'sampleShape',
      sampleShape,
      '[height, width, channels]',
    );
  }
  checkRange('quantizeImages', data, range);
  const [low, high] = range;
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const byte = Math.floor((255 * (data[i] - low)) / (high - low) + 0.5);
    bytes[i] = Math.min(255, Math.max(0, byte));
  }
  return { data: bytes, count, sampleShape };
}

/**
 * Refuses values that are no rounding errors outside of their range.
 *
 * @throws NonFiniteError, OptionError naming the first
 */
export function checkRange(
  where: string,
  data: Float32Array,
  [low, high]: readonly [low: number, high: number],
): void {
  const margin = slack * (high - low);
  const [least, most] = [low - margin, high + margin];
  const at = data.findIndex((value) => !(value >= least && value <= most));
  if (at < 0) return;
  const value = data[at];
  if (!Number.isFinite(value)) throw new NonFiniteError(`${where}: value ${at} is ${value}`, `value ${at}`);
  throw new OptionError(
    `${where}: value ${at} is ${value}, outside of the range [${low}, ${high}]; name the range of the samples`,
    'range',
    value,
  );
}
