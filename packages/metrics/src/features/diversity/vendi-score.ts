import { type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import { checkFeatures, countOf, featureProtocol, type Features } from '../feature-matrix.js';
import { rowsOf } from '../rows.js';
import { runMetric } from '../run-metric.js';
import {
  addUpperProduct,
  roomForUpperProduct,
  part,
  symmetricEigenvalues,
  transpose,
  type RunOptions,
} from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

const wantedOrder = 'must be above 0, or "infinity"';

const vendiSchema = v.strictObject({
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

/** Samples whose products are summed together: products of fewer take longer for each, and so does adding them up. */
const samplesAtOnce = 2560;
/** Samples that are scaled to length 1 and transposed while a cache holds them. */
const normalisedAtOnce = 64;

/**
 * The Vendi score of samples: the effective number of different ones, for the cosine similarities K of their features,
 *
 *     exp(-sum_i lambda_i log(lambda_i))        lambda the eigenvalues of K / n
 *
 * From 1, all alike, to n, all orthogonal; never above the
 * dimension, and one more where samples are 0: those are alike, and unlike all others. Result `vendi-score`.
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
  return runMetric('vendi-score', vendiSchema, options, (resolved, run) =>
    vendiResult(features, resolved, run),
  );
}

/** The computation behind `vendiScore`. */
async function vendiResult(
  features: Features,
  { order }: v.InferOutput<typeof vendiSchema>,
  run: RunOptions,
): Promise<MetricResult> {
  checkFeatures('vendi-score', features);
  const count = countOf(features);
  const { dimension } = features;
  const size = Math.min(count, dimension);
  const similarities =
    count <= dimension
      ? await similaritiesOf(features, part(run, 0, 0.5))
      : await secondMoments(features, part(run, 0, 0.5));
  const eigenvalues = await symmetricEigenvalues(similarities, size, part(run, 0.5, 1));
  divide(eigenvalues, count);
  // Samples of length 0 have similarity 1 with one another and 0 with all others: one more eigenvalue.
  const spectrum = Float64Array.of(zeroSamples(features) / count, ...eigenvalues);
  return {
    id: 'vendi-score',
    value: Math.exp(entropyOfOrder(spectrum, order)),
    protocol: { metric: 'vendi-score', kernel: 'cosine', order, ...featureProtocol({ generated: features }) },
    samples: { generated: count },
    warnings: [],
  };
}

function entropyOfOrder(eigenvalues: Float64Array, order: number | 'infinity'): number {
  if (order === 'infinity') return -Math.log(eigenvalues.reduce((a, b) => Math.max(a, b), 0));
  // Eigenvalues of 0 are rounding, of which an order below 1 would make much. All of them sum to 1.
  const rounding = eigenvalues.length * Number.EPSILON;
  let sum = 0;
  for (const eigenvalue of eigenvalues) {
    if (eigenvalue <= rounding) continue;
    sum += order === 1 ? -eigenvalue * Math.log(eigenvalue) : eigenvalue ** order;
  }
  return order === 1 ? sum : Math.log(sum) / (1 - order);
}

/** How many samples have no feature but 0. */
function zeroSamples({ data, dimension }: Features): number {
  let zeros = 0;
  for (let start = 0; start < data.length; start += dimension) {
    if (data.subarray(start, start + dimension).every((value) => value === 0)) zeros++;
  }
  return zeros;
}

/** Features scaled to length 1, at the start of `room`; those of length 0 stay 0. */
function normalised(features: Features, first: number, last: number, room: Float64Array): Float64Array {
  const { dimension } = features;
  const rows = room.subarray(0, (last - first) * dimension);
  rows.set(rowsOf(features, first, last));
  for (let start = 0; start < rows.length; start += dimension) {
    const row = rows.subarray(start, start + dimension);
    let squares = sumOfSquares(row);
    if (!(squares > 1e-280 && squares < 1e280)) {
      // Squares of such features overflow or vanish; the direction is that of a scaled sample.
      const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (largest === 0) continue;
      divide(row, largest);
      squares = sumOfSquares(row);
    }
    const scale = 1 / Math.sqrt(squares);
    for (let i = 0; i < row.length; i++) row[i] *= scale;
  }
  return rows;
}

/** In four parts, which a processor adds side by side. */
function sumOfSquares(values: Float64Array): number {
  const whole = values.length - (values.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += values[i] * values[i];
    b += values[i + 1] * values[i + 1];
    c += values[i + 2] * values[i + 2];
    d += values[i + 3] * values[i + 3];
  }
  for (let i = whole; i < values.length; i++) a += values[i] * values[i];
  return a + b + (c + d);
}

function divide(values: Float64Array, by: number): void {
  for (let i = 0; i < values.length; i++) values[i] /= by;
}

/** The upper triangle of the similarities of all samples. */
async function similaritiesOf(features: Features, run: RunOptions): Promise<Float64Array> {
  const count = countOf(features);
  const rows = normalised(features, 0, count, new Float64Array(features.data.length));
  const target = { data: new Float64Array(count * count), offset: 0, stride: count };
  const options = { depth: features.dimension, done: 0, room: roomForUpperProduct(count) };
  await addUpperProduct(target, rows, rows, options, run);
  return target.data;
}

/** The upper triangle of the sum of x xᵀ over normalised features x. */
async function secondMoments(features: Features, run: RunOptions): Promise<Float64Array> {
  const { dimension } = features;
  const count = countOf(features);
  const target = { data: new Float64Array(dimension * dimension), offset: 0, stride: dimension };
  const rowsRoom = new Float64Array(normalisedAtOnce * dimension);
  const columnsRoom = new Float64Array(Math.min(samplesAtOnce, count) * dimension);
  const room = roomForUpperProduct(dimension);
  for (let first = 0; first < count; first += samplesAtOnce) {
    const depth = Math.min(samplesAtOnce, count - first);
    const columns = columnsRoom.subarray(0, depth * dimension);
    for (let done = 0; done < depth; done += normalisedAtOnce) {
      const last = Math.min(done + normalisedAtOnce, depth);
      const rows = normalised(features, first + done, first + last, rowsRoom);
      transpose(rows, dimension, columns, { stride: depth, first: done });
    }
    await addUpperProduct(target, columns, columns, { depth, done: first / count, room }, run);
  }
  return target.data;
}

/** Its definition for evaluations and training. */
export const vendiScoreMetric = featureMetric({
  id: 'vendi-score',
  title: 'Vendi score of the generated samples',
  options: vendiSchema,
  needs: 'features',
  compares: false,
  measure: async ({ generated }, options, run) => [await vendiResult(generated, options, run)],
});
