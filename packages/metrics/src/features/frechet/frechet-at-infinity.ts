import { OptionError, positiveInteger, RandomStream, seed, type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import {
  checkComparable,
  checkFeatures,
  countOf,
  type Features,
  type RealAndGenerated,
} from '../feature-matrix.js';
import { rowsAt } from '../rows.js';
import { runMetric } from '../run-metric.js';
import { FeatureMoments, type FeatureStatistics } from './feature-moments.js';
import { distanceOfStatistics, frechetSchema, statisticsOf } from './frechet-distance.js';
import { part, type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

const schema = v.strictObject({
  ...frechetSchema.entries,
  /** Distances that the line is fitted to. */
  points: v.optional(v.pipe(positiveInteger, v.minValue(2, 'must be 2 or more')), 15),
  /** Generated samples of the first point; default 5000 or a tenth of all, whichever is fewer. */
  smallest: v.optional(v.pipe(positiveInteger, v.minValue(2, 'must be 2 or more'))),
  /** Of the stream that draws the generated samples of each point. */
  seed: v.optional(seed, 0),
});

export type FrechetAtInfinityOptions = v.InferInput<typeof schema>;

export interface FrechetAtInfinityResult extends MetricResult {
  /** The distances that the line was fitted to. */
  readonly points: readonly { readonly samples: number; readonly distance: number }[];
}

/**
 * The Fréchet distance that infinitely many generated samples would have (FID∞): distances of growing subsets of
 * the generated samples are a line in 1 / count, whose value at 0 it is. Removes the bias of few generated samples,
 * not that of few real ones.
 *
 * Result `frechet-distance-at-infinity`. Source: Chong and Forsyth 2020; 15 points evenly spaced in count as in
 * dgm-eval's fd.py. Memory as `frechetDistance`, and one subset.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function frechetDistanceAtInfinity(
  sets: { readonly real: Features | FeatureStatistics; readonly generated: Features },
  options: FrechetAtInfinityOptions & RunOptions = {},
): Promise<FrechetAtInfinityResult> {
  return runMetric('frechet-distance-at-infinity', schema, options, (resolved, run) =>
    atInfinity(sets, resolved, run),
  );
}

async function atInfinity(
  { real, generated }: { readonly real: Features | FeatureStatistics; readonly generated: Features },
  options: v.InferOutput<typeof schema>,
  run: RunOptions,
): Promise<FrechetAtInfinityResult> {
  checkComparable('frechet-distance-at-infinity', { real, generated });
  checkFeatures('frechet-distance-at-infinity: generated', generated, 2);
  const count = countOf(generated);
  const smallest = options.smallest ?? Math.min(5000, Math.max(Math.floor(count / 10), 2));
  if (smallest >= count) {
    throw new OptionError(
      `frechet-distance-at-infinity.smallest: the line needs subsets of different sizes, and ${smallest} is not below the ` +
        `${count} generated samples`,
      'frechet-distance-at-infinity.smallest',
      smallest,
    );
  }
  const ofReal = await statisticsOf(real, options.ddof, part(run, 0, 0.1));
  const stream = RandomStream.fromSeed(options.seed).derive('subsets');
  const results: MetricResult[] = [];
  const points: { samples: number; distance: number }[] = [];
  for (let point = 0; point < options.points; point++) {
    const share = point / (options.points - 1);
    const samples = Math.floor(smallest + share * (count - smallest));
    const from = 0.1 + (0.9 * point) / options.points;
    const subset = stream.derive(point).permutation(count).slice(0, samples);
    const piece = part(run, from, from + 0.9 / options.points);
    const result = await distanceOfSubset(ofReal, generated, subset, options.ddof, piece);
    results.push(result);
    points.push({ samples, distance: result.value });
  }
  const { points: fitted, seed } = options;
  return {
    id: 'frechet-distance-at-infinity',
    value: intercept(points.map(({ samples, distance }) => [1 / samples, distance])),
    points,
    protocol: {
      ...results[0].protocol,
      metric: 'frechet-distance-at-infinity',
      definition: 'least-squares line in 1 / generated samples, at 0',
      points: fitted,
      smallest,
      seed,
    },
    samples: { real: ofReal.count, generated: count },
    warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
  };
}

async function distanceOfSubset(
  real: FeatureStatistics,
  generated: Features,
  subset: Uint32Array,
  ddof: 0 | 1,
  run: RunOptions,
): Promise<MetricResult> {
  const moments = new FeatureMoments(generated.dimension, generated.protocol);
  await moments.update({ ...generated, data: rowsAt(generated, subset) }, part(run, 0, 0.3));
  const sets: RealAndGenerated<FeatureStatistics> = {
    real,
    generated: await moments.statistics({ ddof, ...part(run, 0.3, 0.4) }),
  };
  return distanceOfStatistics(sets, part(run, 0.4, 1));
}

/** The value at x = 0 of the least-squares line through points (x, y). */
export function intercept(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const products = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const squares = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return meanY - (products / squares) * meanX;
}

/** Its definition for evaluations and training. */
export const frechetAtInfinityMetric = featureMetric({
  id: 'frechet-distance-at-infinity',
  title: 'Fréchet distance, extrapolated to infinitely many samples',
  options: schema,
  needs: 'features',
  measure: async (sets, options, run) => [await atInfinity(sets, options, run)],
});
