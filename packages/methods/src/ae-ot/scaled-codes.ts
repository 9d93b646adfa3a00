import type { StageTensors } from '@dist-gan/core';

export interface ScaledCodes {
  /** `[count, dimension]`: codes with mean 0 and a root mean square of 1 over all coordinates. */
  readonly points: Float64Array;
  readonly dimension: number;
  /** `code = point scale + mean`. */
  readonly scale: number;
  readonly mean: Float64Array;
}

/** The codes that a stage left, moved and scaled, so that angles between planes do not depend on the autoencoder's units. */
export function scaledCodes({ codes }: StageTensors): ScaledCodes {
  const [count, dimension] = codes.shape;
  const mean = new Float64Array(dimension);
  codes.data.forEach((value, at) => (mean[at % dimension] += value / count));
  let squares = 0;
  codes.data.forEach((value, at) => (squares += (value - mean[at % dimension]) ** 2));
  const scale = Math.sqrt(squares / codes.data.length) || 1;
  const points = Float64Array.from(codes.data, (value, at) => (value - mean[at % dimension]) / scale);
  return { points, dimension, scale, mean };
}
