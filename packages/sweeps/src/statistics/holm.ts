/**
 * Probabilities adjusted for many comparisons (Holm 1979): if those below 0.05 are called differences, the chance of calling any
 * that is none is at most 5 %.
 *
 * @returns in the order of the given ones
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, i) => i).sort((a, b) => probabilities[a] - probabilities[b]);
  const adjusted = new Array<number>(probabilities.length).fill(1);
  let greatest = 0;
  order.forEach((index, rank) => {
    greatest = Math.max(greatest, Math.min(1, (probabilities.length - rank) * probabilities[index]));
    adjusted[index] = greatest;
  });
  return adjusted;
}
