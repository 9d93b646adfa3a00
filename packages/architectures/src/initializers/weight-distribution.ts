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

function product(lengths: readonly number[]): number {
  return lengths.reduce((result, length) => result * length, 1);
}
