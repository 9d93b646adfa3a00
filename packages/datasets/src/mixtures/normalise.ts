import type { Mixture } from './mixture.js';

/** The registration radius in standard deviations: 2 sqrt(2), the authors' 0.1 sqrt(2) at 0.05. */
const radiusInStandardDeviations = 2 * Math.SQRT2;

/** Points in original coordinates, and what they were drawn from. */
export interface OriginalPoints {
  /** Row-major. */
  readonly points: Float64Array;
  readonly centres: readonly (readonly number[])[];
  readonly standardDeviation: number;
}

/**
 * Takes points and their mixture to [0, 1] as the authors do: m is the entry of the largest absolute
 * value among all points, with its sign; x' = (x / m + 1) / 2, centres likewise; lengths are divided by
 * 2 |m|. With a margin, m (1 + margin) takes the place of m, and all points keep a distance from 0 and 1:
 * margin / (2 + 2 margin), where a sigmoid can still follow them.
 *
 * Source: tntrung/gan, utils_toy2d.py:52-55 and 90-97.
 */
export function normalise(
  { points, centres, standardDeviation }: OriginalPoints,
  margin = 0,
): {
  data: Float32Array;
  mixture: Mixture;
} {
  const largest = points.reduce((m, value) => (Math.abs(value) > Math.abs(m) ? value : m), 0);
  const scale = largest * (1 + margin);
  const normalised = (value: number) => (value / scale + 1) / 2;
  const length = 1 / (2 * Math.abs(scale));
  return {
    data: Float32Array.from(points, normalised),
    mixture: {
      centres: centres.map((centre) => centre.map(normalised)),
      standardDeviation: standardDeviation * length,
      registrationRadius: radiusInStandardDeviations * standardDeviation * length,
      scale,
    },
  };
}

/** The same description of points that stay as they are. */
export function keep({ points, centres, standardDeviation }: OriginalPoints): {
  data: Float32Array;
  mixture: Mixture;
} {
  return {
    data: Float32Array.from(points),
    mixture: {
      centres,
      standardDeviation,
      registrationRadius: radiusInStandardDeviations * standardDeviation,
    },
  };
}
