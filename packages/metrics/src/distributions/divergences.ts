import { ShapeError } from '@dist-gan/core';

/**
 * How often each of a fixed list of things was counted. Divergences take shares: counts divided by their sum. Those of
 * two lists of different lengths throw a ShapeError.
 */
export type Counts = ArrayLike<number>;

/**
 * The total variation,
 *
 *     1/2 sum_k |p_k - q_k|
 *
 * 0 for equal distributions, 1 for disjoint ones. NaN when either is empty.
 */
export function totalVariation(p: Counts, q: Counts): number {
  return overShares(p, q, (pk, qk) => Math.abs(pk - qk)) / 2;
}

/**
 * The entropy
 *
 *     -sum_k p_k log(p_k)
 *
 * in nats: 0 when all is in one bin, log K for K equal bins. NaN when there is nothing.
 */
export function entropy(p: Counts): number {
  return -overShares(p, p, (pk) => (pk === 0 ? 0 : pk * Math.log(pk))) + 0;
}

/**
 * The Kullback-Leibler divergence
 *
 *     KL(p || q) = sum_k p_k log(p_k / q_k)
 *
 * in nats. Bins without p count nothing; a bin with p but without q
 * makes it infinite. NaN when either is empty.
 */
export function klDivergence(p: Counts, q: Counts): number {
  return overShares(p, q, (pk, qk) => (pk === 0 ? 0 : pk * Math.log(pk / qk)));
}

/**
 * The Jensen-Shannon divergence
 *
 *     1/2 KL(p || m) + 1/2 KL(q || m)        m = (p + q) / 2
 *
 * in nats: from 0 for equal distributions to ln 2 for
 * disjoint ones. Its root is a metric. NaN when either is empty.
 */
export function jensenShannonDivergence(p: Counts, q: Counts): number {
  const half = (a: number, b: number) => (a === 0 ? 0 : (a * Math.log((2 * a) / (a + b))) / 2);
  return overShares(p, q, (pk, qk) => half(pk, qk) + half(qk, pk));
}

function overShares(p: Counts, q: Counts, term: (pk: number, qk: number) => number): number {
  if (p.length !== q.length) {
    throw new ShapeError(
      `histograms of ${p.length} and of ${q.length} bins have no divergence; count both over the same bins`,
      'q',
      [q.length],
      `[${p.length}]`,
    );
  }
  const pTotal = total(p);
  const qTotal = total(q);
  let sum = 0;
  for (let k = 0; k < p.length; k++) sum += term(p[k] / pTotal, q[k] / qTotal);
  return sum;
}

export function total(counts: Counts): number {
  let sum = 0;
  for (let k = 0; k < counts.length; k++) sum += counts[k];
  return sum;
}
