import type { RandomStream } from '@dist-gan/core';

/**
 * What the first values of a layer's weights are drawn from. Weights have the shape `[..., first, last]`,
 * where the leading lengths are the kernel's window: `[inputs, outputs]` for a dense layer,
 * `[height, width, inputs, outputs]` for a convolution, `[height, width, outputs, inputs]` for a transposed
 * one. Below, `window` is the product of the leading lengths (1 for a dense layer).
 */
export type WeightDistribution =
  /** N(0, 2 / fan_in), not truncated; fan_in = window * first. For dense layers and convolutions. */
  | { readonly id: 'he-normal' }
  /** U(-a, a), a = sqrt(6 / (window * (first + last))): Glorot and Bengio; slim's default. */
  | { readonly id: 'xavier-uniform' }
  /**
   * U(-a, a), a = sqrt(3) * sqrt(4 / (window * (first + last / stride^2))): tflib's convolutions, plain and
   * transposed, of `igul222/improved_wgan_training` (tflib/ops/conv2d.py and deconv2d.py, he_init).
   */
  | { readonly id: 'tflib-uniform'; readonly stride: number }
  /** U(-a, a), a = 1 / sqrt(window * first): the default of PyTorch's layers. */
  | { readonly id: 'fan-in-uniform' }
  /**
   * `gain` times a matrix [window * first, last] whose columns (or rows, where they are fewer) are orthonormal,
   * every such matrix equally likely: Saxe et al., arXiv:1312.6120.
   */
  | { readonly id: 'orthogonal'; readonly gain: number }
  /** N(0, standardDeviation^2). */
  | { readonly id: 'normal'; readonly standardDeviation: number }
  /** The same, values beyond two standard deviations drawn again, as TensorFlow's truncated_normal. */
  | { readonly id: 'truncated-normal'; readonly standardDeviation: number };

/** Draws weights of this shape, row-major. */
export function drawWeights(
  distribution: WeightDistribution,
  shape: readonly number[],
  random: RandomStream,
): Float32Array {
  const count = product(shape);
  const [first, last] = shape.slice(-2);
  const window = product(shape.slice(0, -2));
  switch (distribution.id) {
    case 'he-normal':
      return random.normal(count, { standardDeviation: Math.sqrt(2 / (window * first)) });
    case 'xavier-uniform':
      return uniform(count, Math.sqrt(6 / (window * (first + last))), random);
    case 'tflib-uniform':
      return uniform(count, Math.sqrt(12 / (window * (first + last / distribution.stride ** 2))), random);
    case 'fan-in-uniform':
      return uniform(count, 1 / Math.sqrt(window * first), random);
    case 'orthogonal':
      return orthogonal(window * first, last, distribution.gain, random);
    case 'normal':
      return random.normal(count, { standardDeviation: distribution.standardDeviation });
    case 'truncated-normal':
      return truncatedNormal(count, distribution.standardDeviation, random);
  }
}

function uniform(count: number, limit: number, random: RandomStream): Float32Array {
  return random.uniform(count, { low: -limit, high: limit });
}

function truncatedNormal(count: number, standardDeviation: number, random: RandomStream): Float32Array {
  const values = new Float32Array(count);
  let filled = 0;
  while (filled < count) {
    for (const value of random.normal(count - filled, { standardDeviation })) {
      if (Math.abs(value) <= 2 * standardDeviation) values[filled++] = value;
    }
  }
  return values;
}

/** Gram and Schmidt on vectors of normal numbers: the directions that remain are uniformly distributed. */
function orthogonal(rows: number, columns: number, gain: number, random: RandomStream): Float32Array {
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const vectors = Array.from({ length: count }, () => Float64Array.from(random.normal(length)));
  vectors.forEach((vector, i) => {
    for (const before of vectors.slice(0, i)) {
      const shared = dot(vector, before);
      for (let at = 0; at < length; at++) vector[at] -= shared * before[at];
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let at = 0; at < length; at++) vector[at] /= norm;
  });
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return gain * (rows < columns ? vectors[row][column] : vectors[column][row]);
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function product(lengths: readonly number[]): number {
  return lengths.reduce((result, length) => result * length, 1);
}
