/**
 * Largest difference of two tensors, as a part of the largest finite expected element, or of 1 where that is less.
 * Equal infinities and NaN in the same place are no difference; NaN in one alone is an infinite one, and so is another number of elements.
 */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let [scale, worst] = [1, 0];
  for (let at = 0; at < expected.length; at++) {
    if (Number.isFinite(expected[at])) scale = Math.max(scale, Math.abs(expected[at]));
  }
  for (let at = 0; at < expected.length; at++) {
    if (Object.is(actual[at], expected[at]) || actual[at] === expected[at]) continue;
    const difference = Math.abs(actual[at] - expected[at]);
    worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
  }
  return worst / scale;
}
