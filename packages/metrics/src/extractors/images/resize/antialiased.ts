import {
  inFixedPoint,
  precisionBits,
  resamplingWeights,
  type ResamplingFilter,
} from '@dist-gan/datasets/resampling';

/**
 * Pillow's `Image.resize`: every pixel of the result is a weighted mean of the pixels below the filter, which grows
 * with the factor of reduction, so that nothing aliases.
 *
 * - `float`: images of mode F, one channel at a time, as clean-fid does: sums in float64, stored as float32, what overshoots cut
 *   off at 0 and 255 at the end.
 * - `bytes`: images of mode RGB: weights are multiples of 2^-22, and both passes round to bytes.
 */
export type Arithmetic = 'float' | 'bytes';

/**
 * Which direction is resized first, which decides what is rounded in between: rows always (Pillow before 13), or columns
 * where the height shrinks by more than twice as many pixels as the width (`ImagingResampleInner` of Pillow 13).
 */
export type Order = 'rows-first' | 'cheaper-first';

// Math.min and Math.max ask for NaN and -0, too.
const clip = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value);
const roundToByte = (sum: number) => clip(Math.floor(sum / 2 ** precisionBits));

/** Makes a function that resizes one image of a fixed size. Images are `[height, width, channels]`. */
export function antialiasedResizer(
  [height, width, channels]: readonly number[],
  side: number,
  filter: ResamplingFilter,
  arithmetic: Arithmetic,
  order: Order = 'rows-first',
): (image: ArrayLike<number>, result: Float32Array) => void {
  const quantize = arithmetic === 'bytes';
  const axis = (pixels: number) => {
    const weights = resamplingWeights(filter, pixels, side);
    return quantize ? inFixedPoint(weights) : weights;
  };
  const [columns, rows] = [axis(width), axis(height)];
  const start = quantize ? 2 ** (precisionBits - 1) : 0;
  // As Pillow 13 decides it.
  const columnsFirst = order === 'cheaper-first' && height > side && height - side > 2 * (width - side);
  const ofFirst = quantize ? roundToByte : (sum: number) => sum;
  const ofLast = quantize ? roundToByte : clip;
  const [ofRows, ofColumns] = columnsFirst ? [ofLast, ofFirst] : [ofFirst, ofLast];

  /** Brings every one of so many rows to the new width. */
  const resizeRows = (image: ArrayLike<number>, count: number, result: Float32Array) => {
    for (let row = 0; row < count; row++) {
      for (let x = 0; x < side; x++) {
        const from = (row * width + columns.first[x]) * channels;
        for (let c = 0; c < channels; c++) {
          let sum = start;
          for (let i = 0; i < columns.count[x]; i++) {
            sum += image[from + i * channels + c] * columns.weights[x * columns.stride + i];
          }
          result[(row * side + x) * channels + c] = ofRows(sum);
        }
      }
    }
  };
  /** Brings columns to the new height; a row has as many numbers as there are sums. */
  const resizeColumns = (image: ArrayLike<number>, sums: Float64Array, result: Float32Array) => {
    for (let y = 0; y < side; y++) {
      sums.fill(start);
      for (let i = 0; i < rows.count[y]; i++) {
        const weight = rows.weights[y * rows.stride + i];
        const from = (rows.first[y] + i) * sums.length;
        for (let k = 0; k < sums.length; k++) sums[k] += image[from + k] * weight;
      }
      const to = y * sums.length;
      for (let k = 0; k < sums.length; k++) result[to + k] = ofColumns(sums[k]);
    }
  };

  if (columnsFirst) {
    const between = new Float32Array(side * width * channels);
    const sums = new Float64Array(width * channels);
    return (image, result) => {
      resizeColumns(image, sums, between);
      resizeRows(between, side, result);
    };
  }
  const between = new Float32Array(height * side * channels);
  const sums = new Float64Array(side * channels);
  return (image, result) => {
    resizeRows(image, height, between);
    resizeColumns(between, sums, result);
  };
}
