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
    const plane = (image: ArrayLike<number>): Plane => ({
      height,
      width,
      values: Float64Array.from({ length: height * width }, (_, at) => image[at * channels + channel]),
    });
    sum += channelSimilarity(plane(x), plane(y), largest);
  }
  return sum / channels;
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
  const map = (value: (a: number, b: number) => number): Float64Array =>
    filtered({ ...x, values: x.values.map((a, i) => value(a, y.values[i])) }, window);
  const meanX = map((a) => a);
  const meanY = map((_, b) => b);
  const products = map((a, b) => a * b);
  const squares = map((a, b) => a * a + b * b);
  let similarity = 0;
  let structure = 0;
  for (let i = 0; i < meanX.length; i++) {
    const meanProduct = 2 * meanX[i] * meanY[i];
    const meanSquares = meanX[i] ** 2 + meanY[i] ** 2;
    const contrast = (2 * products[i] - meanProduct + c2) / (squares[i] - meanSquares + c2);
    structure += contrast;
    similarity += (contrast * (meanProduct + c1)) / (meanSquares + c1);
  }
  return { similarity: similarity / meanX.length, structure: structure / meanX.length };
}

/** Weights of a Gaussian window that sum to 1. */
function gaussian(size: number): Float64Array {
  const weights = Float64Array.from({ length: size }, (_, i) =>
    Math.exp((-0.5 * (i - (size - 1) / 2) ** 2) / filterWidth ** 2),
  );
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/** Weighted means over all square windows inside the plane: along rows, then along columns. */
function filtered({ height, width, values }: Plane, window: Float64Array): Float64Array {
  const size = window.length;
  const [rows, columns] = [height - size + 1, width - size + 1];
  const alongRows = new Float64Array(height * columns);
  for (let i = 0, at = 0; i < height; i++) {
    for (let j = 0; j < columns; j++, at++) {
      for (let k = 0; k < size; k++) alongRows[at] += window[k] * values[i * width + j + k];
    }
  }
  const means = new Float64Array(rows * columns);
  for (let at = 0; at < means.length; at++) {
    for (let k = 0; k < size; k++) means[at] += window[k] * alongRows[at + k * columns];
  }
  return means;
}

/** Means of 2 x 2 values; the last row or column of an odd side counts twice. */
function halved({ height, width, values }: Plane): Plane {
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const means = Float64Array.from({ length: rows * columns }, (_, at) => {
    const [top, left] = [2 * Math.floor(at / columns), 2 * (at % columns)];
    const bottom = Math.min(top + 1, height - 1);
    const right = Math.min(left + 1, width - 1);
    const sum =
      values[top * width + left] +
      values[top * width + right] +
      values[bottom * width + left] +
      values[bottom * width + right];
    return sum / 4;
  });
  return { height: rows, width: columns, values: means };
}
