import type { ConvolutionWeights } from './inception-weights.js';

/** Statistics and scale of an inference-mode batch norm, one number per channel each. */
export interface BatchNorm {
  /** Absent where the network does not scale. */
  readonly gamma?: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}

/**
 * A convolution with the batch norm behind it as one convolution: filter * gamma / sqrt(variance + epsilon), and
 * beta - mean * gamma / sqrt(variance + epsilon) as bias. Computed in float64.
 *
 * @param filter `[height, width, inputs, outputs]`
 */
export function foldBatchNorm(
  filter: Float32Array,
  { gamma, beta, mean, variance, epsilon }: BatchNorm,
): ConvolutionWeights {
  const outputs = beta.length;
  const factors = Float64Array.from(
    variance,
    (value, channel) => (gamma?.[channel] ?? 1) / Math.sqrt(value + epsilon),
  );
  return {
    filter: filter.map((value, at) => value * factors[at % outputs]),
    bias: beta.map((value, channel) => value - mean[channel] * factors[channel]),
  };
}
