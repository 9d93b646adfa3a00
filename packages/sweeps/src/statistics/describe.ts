import { meanOf, standardDeviationOf } from '@dist-gan/core';

/** What several numbers have in common. What does not exist is undefined, and never NaN. */
export interface Description {
  readonly count: number;
  readonly mean: number;
  /** With n - 1 in the denominator; none of one number, and none where one is infinite. */
  readonly standardDeviation?: number;
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
}

/** Of at least one number, none of them NaN; undefined of none. */
export function describe(values: readonly number[]): Description | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const deviation = standardDeviationOf(values, 1);
  return {
    count: values.length,
    mean: meanOf(values),
    ...(values.length > 1 && Number.isFinite(deviation) && { standardDeviation: deviation }),
    median: quantile(sorted, 0.5),
    least: sorted[0],
    greatest: sorted.at(-1)!,
  };
}

/** Of sorted numbers, with linear interpolation between the two nearest (R's type 7, NumPy's default). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below], sorted[Math.ceil(place)]];
  // Two equal infinities have no difference.
  return low === high ? low : low + (place - below) * (high - low);
}
