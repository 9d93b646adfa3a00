import { positiveInteger, RandomStream, seed, type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import {
  checkPair,
  countOf,
  featureProtocol,
  type Features,
  type RealAndGenerated,
} from '../feature-matrix.js';
import { rowsOf } from '../rows.js';
import { runMetric } from '../run-metric.js';
import { multiply, type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

const slicedWassersteinSchema = v.strictObject({
  /** Random directions of unit length; the error falls with the root of their count. */
  directions: v.optional(positiveInteger, 1000),
  /** Of the stream that draws the directions. */
  seed: v.optional(seed, 0),
});

export type SlicedWassersteinOptions = v.InferInput<typeof slicedWassersteinSchema>;

/** Directions whose projections are in memory together. */
const directionsAtOnce = 64;
/** Samples that are projected together. */
const samplesAtOnce = 4096;

/**
 * The sliced 2-Wasserstein distance: the root of the mean, over random directions u, of the squared Wasserstein
 * distance between u · x of real and of generated features, which is exact from sorted values, for unequal
 * counts too.
 *
 * Results: `sliced-wasserstein`, that root; `monge-inception-distance`, 3 * dimension times the mean of squares
 * (MIND, as in torch-fidelity, with directions of another generator); `approximate-sliced-wasserstein`, from means
 * and variances alone (Nadjahi et al. 2021, as in dgm-eval's sw.py): the root of
 *
 *     |m1 - m2|^2 / d + (sqrt(tr(S1) / d) - sqrt(tr(S2) / d))^2
 *
 * Memory: 64 numbers a sample.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function slicedWasserstein(
  sets: RealAndGenerated,
  options: SlicedWassersteinOptions & RunOptions = {},
): Promise<MetricResult[]> {
  return runMetric('sliced-wasserstein', slicedWassersteinSchema, options, (resolved, run) =>
    slicedWassersteinResults(sets, resolved, run),
  );
}

/** The computation behind `slicedWasserstein`. */
async function slicedWassersteinResults(
  sets: RealAndGenerated,
  options: v.InferOutput<typeof slicedWassersteinSchema>,
  run: RunOptions,
): Promise<MetricResult[]> {
  checkPair('sliced-wasserstein', sets);
  const { real, generated } = sets;
  const { directions, seed } = options;
  const stream = RandomStream.fromSeed(seed).derive('directions');
  let sum = 0;
  for (let first = 0; first < directions; first += directionsAtOnce) {
    const units = unitVectors(stream, Math.min(directionsAtOnce, directions - first), real.dimension);
    const done = first / directions;
    const ofReal = await projections(real, units, done, run);
    const ofGenerated = await projections(generated, units, done, run);
    for (const [i, values] of ofReal.entries())
      sum += squaredWasserstein(values.sort(), ofGenerated[i].sort());
  }
  const mean = sum / directions;
  const result = (id: string, value: number, protocol: MetricResult['protocol']): MetricResult => ({
    id,
    value,
    protocol: { metric: id, ...protocol, ...featureProtocol(sets) },
    samples: { real: countOf(real), generated: countOf(generated) },
    warnings: [],
  });
  return [
    result('sliced-wasserstein', Math.sqrt(mean), { order: 2, ...options }),
    result('monge-inception-distance', 3 * real.dimension * mean, { order: 2, ...options }),
    result('approximate-sliced-wasserstein', approximateDistance(real, generated), { order: 2 }),
  ];
}

/** Normal vectors, scaled to length 1: row-major [count, dimension]. */
function unitVectors(stream: RandomStream, count: number, dimension: number): Float64Array {
  const vectors = Float64Array.from(stream.normal(count * dimension));
  for (let i = 0; i < count; i++) {
    const vector = vectors.subarray(i * dimension, (i + 1) * dimension);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    vector.forEach((value, k) => (vector[k] = value / length));
  }
  return vectors;
}

/** For each direction, the projections of all samples. */
async function projections(
  features: Features,
  units: Float64Array,
  done: number,
  run: RunOptions,
): Promise<Float64Array[]> {
  const { dimension } = features;
  const count = countOf(features);
  const all = Array.from({ length: units.length / dimension }, () => new Float64Array(count));
  for (let first = 0; first < count; first += samplesAtOnce) {
    const last = Math.min(first + samplesAtOnce, count);
    const product = { a: units, b: rowsOf(features, first, last), depth: dimension };
    const projected = await multiply(run, product, done);
    const width = last - first;
    all.forEach((values, i) => values.set(projected.subarray(i * width, (i + 1) * width), first));
  }
  return all;
}

/**
 * The integral of (F⁻¹ - G⁻¹)² over [0, 1] for the step functions of two sorted samples; for equal counts the mean
 * of squared differences.
 */
function squaredWasserstein(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  let from = 0;
  for (let i = 0, j = 0; i < x.length && j < y.length;) {
    const [endOfX, endOfY] = [(i + 1) / x.length, (j + 1) / y.length];
    const to = Math.min(endOfX, endOfY);
    sum += (to - from) * (x[i] - y[j]) ** 2;
    from = to;
    if (endOfX <= to) i++;
    if (endOfY <= to) j++;
  }
  return sum;
}

function approximateDistance(one: Features, other: Features): number {
  const { dimension } = one;
  const [a, b] = [meanAndVariance(one), meanAndVariance(other)];
  const betweenMeans = a.mean.reduce((sum, value, i) => sum + (value - b.mean[i]) ** 2, 0);
  const spread = Math.sqrt(a.variance / dimension) - Math.sqrt(b.variance / dimension);
  return Math.sqrt(betweenMeans / dimension + spread ** 2);
}

/** The mean, and the mean squared distance from it. */
function meanAndVariance(features: Features): { mean: Float64Array; variance: number } {
  const { data, dimension } = features;
  const mean = new Float64Array(dimension);
  for (let i = 0; i < data.length; i++) mean[i % dimension] += data[i];
  for (let k = 0; k < dimension; k++) mean[k] /= countOf(features);
  let variance = 0;
  for (let i = 0; i < data.length; i++) variance += (data[i] - mean[i % dimension]) ** 2;
  return { mean, variance: variance / countOf(features) };
}

/** Its definition for evaluations and training. */
export const slicedWassersteinMetric = featureMetric({
  id: 'sliced-wasserstein',
  title: 'sliced Wasserstein distance',
  options: slicedWassersteinSchema,
  needs: 'features',
  measure: slicedWassersteinResults,
});
