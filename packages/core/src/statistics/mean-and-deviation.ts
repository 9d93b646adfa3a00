/**
 * The mean of at least one number. That of equal ones is that very number, which a rounded sum over a count need not be: what is averaged
 * are distances from the first.
 */
export function meanOf(values: ArrayLike<number>): number {
  const { length } = values;
  const first = values[0];
  let sum = 0;
  let distances = 0;
  for (let i = 0; i < length; i++) {
    sum += values[i];
    distances += values[i] - first;
  }
  // Infinite numbers have no distance from one another.
  return Number.isFinite(distances) ? first + distances / length : sum / length;
}

/**
 * The standard deviation of numbers around their mean: of equal ones exactly 0. NaN where one is infinite.
 *
 * @param ddof what the count is lessened by: 1 to estimate that of which the numbers are a sample, which takes two of them
 */
export function standardDeviationOf(values: readonly number[], ddof: 0 | 1): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - ddof));
}
