import { WindowMeans } from '../../linear-algebra/index.js';

/** Planes of one channel of an image, row-major. */
interface Plane {
  readonly height: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Weights of the scales, from the finest (Wang, Simoncelli and Bovik 2003). */
const scaleWeights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
const filterSize = 11;
const filterWidth = 1.5;
/** The stabilising constants (0.01 L)² and (0.03 L)² for values from 0 to L. */
const [k1, k2] = [0.01, 0.03];

/**
 * The multiscale structural similarity of two images: per channel, the product over five scales, each half as
 * large, of the mean contrast-structure term to the power of its weight, the last one with the luminance term;
 * then the mean over channels. 1 for equal images.
 *
 * As in compare_gan's image_similarity.py: windows within the image alone, a window no larger than the image, odd
 * sides repeated at the edge before they are halved, negative terms cut at 0.
 *
 * @param x values from 0 to `largest`, [height, width, channels]
 */
export function multiscaleSimilarity(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  [height, width, channels]: readonly number[],
  largest: number,
): number {
  let sum = 0;
  for (let channel = 0; channel < channels; channel++) {
    const plane = (image: ArrayLike<number>) => channelOf(image, [height, width, channels], channel);
    sum += channelSimilarity(plane(x), plane(y), largest);
  }
  return sum / channels;
}

function channelOf(
  image: ArrayLike<number>,
  [height, width, channels]: readonly number[],
  channel: number,
): Plane {
  const values = new Float64Array(height * width);
  for (let i = 0, at = channel; i < values.length; i++, at += channels) values[i] = image[at];
  return { height, width, values };
}

function channelSimilarity(x: Plane, y: Plane, largest: number): number {
  let product = 1;
  for (const [scale, weight] of scaleWeights.entries()) {
    if (scale > 0) [x, y] = [halved(x), halved(y)];
    const { similarity, structure } = similarityTerms(x, y, largest);
    const term = scale === scaleWeights.length - 1 ? similarity : structure;
    product *= Math.max(0, term) ** weight;
  }
  return product;
}

/** Means over all windows of the structural similarity, and of it without the luminance. */
function similarityTerms(x: Plane, y: Plane, largest: number): { similarity: number; structure: number } {
  const c1 = (k1 * largest) ** 2;
  const c2 = (k2 * largest) ** 2;
  const window = gaussian(Math.min(filterSize, x.height, x.width));
  const means = new WindowMeans(x.height, x.width, window, 4);
  const [a, b] = [x.values, y.values];
  const meansX = means.of((plane) => plane.set(a));
  const meansY = means.of((plane) => plane.set(b));
  const meansOfProducts = means.of((plane) => {
    for (let i = 0; i < plane.length; i++) plane[i] = a[i] * b[i];
  });
  const meansOfSquares = means.of((plane) => {
    for (let i = 0; i < plane.length; i++) plane[i] = a[i] * a[i] + b[i] * b[i];
  });
  let similarity = 0;
  let structure = 0;
  for (let i = 0; i < meansX.length; i++) {
    const meanProduct = 2 * meansX[i] * meansY[i];
    const meanSquares = meansX[i] * meansX[i] + meansY[i] * meansY[i];
    const contrast = (2 * meansOfProducts[i] - meanProduct + c2) / (meansOfSquares[i] - meanSquares + c2);
    structure += contrast;
    similarity += (contrast * (meanProduct + c1)) / (meanSquares + c1);
  }
  means.close();
  return { similarity: similarity / meansX.length, structure: structure / meansX.length };
}

/** Weights of a Gaussian window that sum to 1. */
function gaussian(size: number): Float64Array {
  const weights = Float64Array.from({ length: size }, (_, i) =>
    Math.exp((-0.5 * (i - (size - 1) / 2) ** 2) / filterWidth ** 2),
  );
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/** Means of 2 x 2 values; the last row or column of an odd side counts twice. */
function halved({ height, width, values }: Plane): Plane {
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const means = new Float64Array(rows * columns);
  for (let row = 0, at = 0; row < rows; row++) {
    const top = 2 * row * width;
    const bottom = Math.min(2 * row + 1, height - 1) * width;
    for (let column = 0; column < columns; column++, at++) {
      const left = 2 * column;
      const right = Math.min(left + 1, width - 1);
      const sum = values[top + left] + values[top + right] + values[bottom + left] + values[bottom + right];
      means[at] = sum / 4;
    }
  }
  return { height: rows, width: columns, values: means };
}
