/**
 * An exponential moving average of a curve, unbiased at its start: the first value is the curve's own, not pulled to 0.
 * A value that is not finite is a gap, and counts for nothing.
 *
 * @param weight of what came before, from 0 (the curve itself) to below 1
 */
export function smooth(values: ArrayLike<number>, weight: number): (number | null)[] {
  let average = 0;
  let missing = 1;
  return Array.from(values, (value) => {
    if (!Number.isFinite(value)) return null;
    average = weight * average + (1 - weight) * value;
    missing *= weight;
    return average / (1 - missing);
  });
}
