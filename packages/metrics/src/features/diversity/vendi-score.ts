import { type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import { checkFeatures, countOf, featureProtocol, type Features } from '../feature-matrix.js';
import { between, type Computation, type RunOptions } from '../../linear-algebra/computation.js';
import { symmetricEigenvalues } from '../../linear-algebra/eigenvalues.js';
import { rowsOf } from '../../linear-algebra/rows.js';
import { runMetric } from '../run-metric.js';

const wantedOrder = 'must be above 0, or "infinity"';

export const vendiSchema = v.strictObject({
  /** The order of the entropy of the eigenvalues: 1 is Shannon's; `"infinity"` counts the largest alone. */
  order: v.optional(
    v.union(
      [v.pipe(v.number(), v.finite(wantedOrder), v.gtValue(0, wantedOrder)), v.literal('infinity')],
      wantedOrder,
    ),
    1,
  ),
});

export type VendiOptions = v.InferInput<typeof vendiSchema>;

/** Samples whose products are summed together. */
const samplesAtOnce = 1024;

/**
 * The Vendi score of samples: the effective number of different ones, exp(entropy of the eigenvalues of K / n)
 * for the cosine similarities K of their features. From 1, all alike, to n, all orthogonal; never above the
 * dimension. Result `vendi-score`.
 *
 * The eigenvalues are those of the smaller of K / n and the dimension x dimension matrix with the same ones, so
 * that many samples cost no more than their sums. Memory: three squares of that size.
 *
 * Source: Friedman and Dieng 2023; cosine kernel and order as in dgm-eval's vendi.py.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function vendiScore(
  features: Features,
  options: VendiOptions & RunOptions = {},
): Promise<MetricResult> {
  return runMetric('vendi-score', vendiSchema, options, (resolved) => vendiComputation(features, resolved));
}

/** The computation behind `vendiScore`. */
export function* vendiComputation(
  features: Features,
  { order }: v.InferOutput<typeof vendiSchema>,
): Computation<MetricResult> {
  checkFeatures('vendi-score', features);
  const count = countOf(features);
  const { dimension } = features;
  const size = Math.min(count, dimension);
  const similarities = yield* between(
    0,
    0.5,
    count <= dimension ? gram(normalised(features, 0, count), dimension) : secondMoments(features),
  );
  for (let i = 0; i < similarities.length; i++) similarities[i] /= count;
  const eigenvalues = yield* between(0.5, 1, symmetricEigenvalues(similarities, size));
  return {
    id: 'vendi-score',
    value: Math.exp(entropyOfOrder(eigenvalues, order)),
    protocol: { metric: 'vendi-score', kernel: 'cosine', order, ...featureProtocol({ generated: features }) },
    samples: { generated: count },
    warnings: [],
  };
}

function entropyOfOrder(eigenvalues: Float64Array, order: number | 'infinity'): number {
  if (order === 'infinity') return -Math.log(eigenvalues.reduce((a, b) => Math.max(a, b), 0));
  let sum = 0;
  for (const eigenvalue of eigenvalues) {
    // Rounding makes eigenvalues of 0 slightly negative.
    if (eigenvalue <= 0) continue;
    sum += order === 1 ? -eigenvalue * Math.log(eigenvalue) : eigenvalue ** order;
  }
  return order === 1 ? sum : Math.log(sum) / (1 - order);
}

/** Features scaled to length 1; those of length 0 stay 0, like every product with them. */
function normalised(features: Features, first: number, last: number): Float64Array {
  const rows = rowsOf(features, first, last);
  for (let start = 0; start < rows.length; start += features.dimension) {
    const row = rows.subarray(start, start + features.dimension);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) row.forEach((value, k) => (row[k] = value / length));
  }
  return rows;
}

function* gram(a: Float64Array, depth: number): Computation<Float64Array> {
  return yield { done: 0, product: { a, b: a, depth } };
}

/** The sum of x xᵀ over normalised features x. */
function* secondMoments(features: Features): Computation<Float64Array> {
  const { dimension } = features;
  const count = countOf(features);
  const sums = new Float64Array(dimension * dimension);
  for (let first = 0; first < count; first += samplesAtOnce) {
    const rows = normalised(features, first, Math.min(first + samplesAtOnce, count));
    const depth = rows.length / dimension;
    const columns = Float64Array.from(
      rows,
      (_, at) => rows[(at % depth) * dimension + Math.floor(at / depth)],
    );
    const products = yield { done: first / count, product: { a: columns, b: columns, depth } };
    for (let i = 0; i < sums.length; i++) sums[i] += products[i];
  }
  return sums;
}
