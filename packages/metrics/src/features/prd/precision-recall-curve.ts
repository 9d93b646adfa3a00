import { OptionError, positiveInteger, RandomStream, seed, type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import {
  checkPair,
  countOf,
  featureProtocol,
  type Features,
  type RealAndGenerated,
} from '../feature-matrix.js';
import { scaleToOne } from '../manifold/distances.js';
import { runMetric } from '../run-metric.js';
import { histogramCurve, largestF, type Curve } from './histogram-curve.js';
import { kMeans } from './k-means.js';
import { type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

const schema = v.strictObject({
  /** Clusters of the union of both sets; their shares are the two histograms. */
  clusters: v.optional(positiveInteger, 20),
  /** Clusterings whose curves are averaged. */
  runs: v.optional(positiveInteger, 10),
  /** The most steps of one clustering. */
  iterations: v.optional(positiveInteger, 50),
  /** Points of the curve. */
  angles: v.optional(v.pipe(positiveInteger, v.minValue(3), v.maxValue(1e6)), 1001),
  /** Of the streams that choose the first centres. */
  seed: v.optional(seed, 0),
});

export type PrecisionRecallCurveOptions = v.InferInput<typeof schema>;

export interface PrecisionRecallCurve extends Curve {
  readonly results: MetricResult[];
}

/**
 * Precision and recall for distributions (PRD): the curve of what share of the generated distribution is real
 * against what share of the real one is generated, on clusters of features. Results: `prd-f-8`, the largest F8 of
 * the curve, which weighs recall, and `prd-f-1-8`, the largest F1/8, which weighs precision; 1 is best.
 *
 * Both sets must have equally many samples, or the clusters lean to the larger one. Clusters are those of Lloyd's
 * algorithm; compare_gan's are of mini-batches, so that numbers agree but for the chance of both. Memory: the union in
 * float32 or float64, and 1024 samples in float64.
 *
 * Source: Sajjadi et al. 2018.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function precisionRecallCurve(
  sets: RealAndGenerated,
  options: PrecisionRecallCurveOptions & RunOptions = {},
): Promise<PrecisionRecallCurve> {
  return runMetric('prd', schema, options, (resolved, run) => curveOf(sets, resolved, run));
}

async function curveOf(
  sets: RealAndGenerated,
  options: v.InferOutput<typeof schema>,
  run: RunOptions,
): Promise<PrecisionRecallCurve> {
  checkPair('prd', sets);
  const { clusters, runs, iterations, angles, seed } = options;
  const counts = { real: countOf(sets.real), generated: countOf(sets.generated) };
  if (counts.real !== counts.generated) {
    throw new OptionError(
      `prd: ${counts.real} real and ${counts.generated} generated samples would cluster after the larger set; give ` +
        'equally many of both',
      'generated',
      counts.generated,
    );
  }
  if (clusters > 2 * counts.real) {
    throw new OptionError(
      `prd.clusters: ${2 * counts.real} samples cannot make ${clusters} clusters`,
      'prd.clusters',
      clusters,
    );
  }
  const union = unionOf(sets);
  const precision = new Float64Array(angles);
  const recall = new Float64Array(angles);
  const stream = RandomStream.fromSeed(seed).derive('prd');
  const streams = Array.from({ length: runs }, (_, clustering) => stream.derive(clustering));
  for (const labels of await kMeans(union, { clusters, iterations, streams }, run)) {
    const curve = histogramCurve(
      histogram(labels.subarray(counts.real), clusters),
      histogram(labels.subarray(0, counts.real), clusters),
      angles,
    );
    for (let i = 0; i < angles; i++) {
      precision[i] += curve.precision[i] / runs;
      recall[i] += curve.recall[i] / runs;
    }
  }
  const curve = { precision, recall };
  const result = (id: string, beta: number, definition: string): MetricResult => ({
    id,
    value: largestF(curve, beta),
    protocol: {
      metric: id,
      definition,
      clustering: 'k-means++ and Lloyd',
      ...options,
      ...featureProtocol(sets),
    },
    samples: counts,
    warnings: [],
  });
  return {
    ...curve,
    results: [
      result('prd-f-8', 8, 'largest F8 of the PRD curve'),
      result('prd-f-1-8', 1 / 8, 'largest F1/8 of the PRD curve'),
    ],
  };
}

/**
 * Both sets, around their mean: distances are made of products, which keep the digits of what is near 0. Scaled, so that
 * no square overflows or vanishes.
 */
function unionOf({ real, generated }: RealAndGenerated): Features {
  const { dimension } = real;
  const data =
    real.data instanceof Float32Array && generated.data instanceof Float32Array
      ? new Float32Array(real.data.length + generated.data.length)
      : new Float64Array(real.data.length + generated.data.length);
  data.set(real.data);
  data.set(generated.data, real.data.length);
  const mean = new Float64Array(dimension);
  const share = dimension / data.length;
  for (let at = 0; at < data.length;) {
    for (let k = 0; k < dimension; k++) mean[k] += data[at++] * share;
  }
  let largest = 0;
  for (let at = 0; at < data.length;) {
    for (let k = 0; k < dimension; k++, at++) {
      data[at] -= mean[k];
      largest = Math.max(largest, Math.abs(data[at]));
    }
  }
  const scale = scaleToOne(largest);
  for (let at = 0; at < data.length; at++) data[at] *= scale;
  return { data, dimension };
}

function histogram(labels: Uint32Array, clusters: number): Float64Array {
  const counts = new Float64Array(clusters);
  for (const label of labels) counts[label]++;
  return counts;
}

/** Its definition for evaluations and training. */
export const precisionRecallCurveMetric = featureMetric({
  id: 'prd',
  title: 'precision and recall of distributions',
  options: schema,
  needs: 'features',
  measure: async (sets, options, run) => (await curveOf(sets, options, run)).results,
});
