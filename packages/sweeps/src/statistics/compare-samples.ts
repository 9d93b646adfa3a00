import { meanOf } from '@dist-gan/core';
import { bootstrapMean, type Interval } from './bootstrap.js';
import { pairedPermutationTest, type PermutationTest } from './permutation-test.js';

/** How far a row lies from another, seed by seed. */
export interface Difference {
  readonly mean: number;
  readonly interval?: Interval;
  readonly pairs: number;
  readonly test: PermutationTest;
}

/**
 * Compares two rows over the seeds for which both have a number: a seed fixes the draws that both are trained with.
 *
 * @returns undefined where there is no such seed, and where a number is infinite: a mean without the worst runs would say too little
 */
export function comparePairs(
  row: ReadonlyMap<number, number>,
  reference: ReadonlyMap<number, number>,
): Difference | undefined {
  const differences = [...row].flatMap(([seed, value]) => {
    const other = reference.get(seed);
    return other === undefined ? [] : [value - other];
  });
  if (differences.length === 0 || !differences.every(Number.isFinite)) return undefined;
  const interval = bootstrapMean(differences);
  return {
    mean: meanOf(differences),
    ...(interval !== undefined && { interval }),
    pairs: differences.length,
    test: pairedPermutationTest(differences),
  };
}
