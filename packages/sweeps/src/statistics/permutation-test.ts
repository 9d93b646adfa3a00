import { RandomStream } from '@dist-gan/core';

export interface PermutationTest {
  /** Two-sided. */
  readonly p: number;
  /** Whether all patterns of signs were counted, or {@link drawnPatterns} random ones. */
  readonly exact: boolean;
  /** The least that p can be with so many numbers. */
  readonly leastP: number;
}

/** Numbers whose patterns of signs are all looked at: 65,536 of 16. */
const exactLimit = 16;
/** Where there are more: so many random patterns, from a stream of seed 0. */
export const drawnPatterns = 20_000;
/** Sums of the same numbers with other signs are rounded otherwise. */
const rounding = 1e-12;

/**
 * Paired test of a mean difference by flipping signs (Fisher 1935): were there no difference, each one would be as likely with the
 * other sign. p is the share of patterns of signs whose sum is as far from 0 as the observed one. Nothing is assumed of their
 * distribution, and ties do no harm.
 *
 * @param differences at least one, finite
 */
export function pairedPermutationTest(differences: readonly number[]): PermutationTest {
  const { length } = differences;
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  const asFar = observed - rounding * differences.reduce((sum, value) => sum + Math.abs(value), 0);
  const isAsFar = (negative: (i: number) => boolean) =>
    Math.abs(differences.reduce((sum, value, i) => sum + (negative(i) ? -value : value), 0)) >= asFar;
  if (length <= exactLimit) {
    const patterns = 2 ** length;
    let count = 0;
    for (let signs = 0; signs < patterns; signs++) if (isAsFar((i) => ((signs >> i) & 1) === 1)) count++;
    return { p: count / patterns, exact: true, leastP: 2 / patterns };
  }
  const stream = RandomStream.fromSeed(0).derive('sign-flips');
  let count = 0;
  for (let i = 0; i < drawnPatterns; i++) {
    const words = Array.from({ length: Math.ceil(length / 32) }, () => stream.nextUint32());
    if (isAsFar((j) => ((words[j >> 5] >>> (j & 31)) & 1) === 1)) count++;
  }
  // The observed pattern counts as one, so that p is never 0 (Phipson and Smyth 2010).
  return { p: (count + 1) / (drawnPatterns + 1), exact: false, leastP: 1 / (drawnPatterns + 1) };
}
