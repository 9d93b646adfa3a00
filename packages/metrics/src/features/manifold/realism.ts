import { meanOf, positiveInteger, type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import { checkPair, countOf, featureProtocol, type RealAndGenerated } from '../feature-matrix.js';
import { runMetric } from '../run-metric.js';
import { checkNeighbours } from './manifold-metrics.js';
import { Distances, frameOf, squaredRadii } from './distances.js';
import { part, type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

const schema = v.strictObject({
  /** k: a ball reaches from a real sample to its k-th nearest neighbour among the real ones. */
  neighbours: v.optional(positiveInteger, 3),
});

export type RealismOptions = v.InferInput<typeof schema>;

/** The mean realism, and that of each generated sample. */
export interface RealismResult extends MetricResult {
  readonly scores: Float64Array;
}

/**
 * The realism score of each generated sample: the largest, over real samples, of the radius of the real sample's
 * ball over the distance to it. 1 or more: inside the manifold of the real samples. Real samples whose radius is
 * above the median are left out, for they lie in thin regions. Infinite for a copy of a real sample.
 *
 * Result `realism`: the mean over generated samples; `scores`: one by one. Source: Kynkäänniemi et al. 2019,
 * equation 3. Memory as `precisionRecall`.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function realism(
  sets: RealAndGenerated,
  options: RealismOptions & RunOptions = {},
): Promise<RealismResult> {
  return runMetric('realism', schema, options, (resolved, run) => realismOf(sets, resolved, run));
}

async function realismOf(
  sets: RealAndGenerated,
  { neighbours }: v.InferOutput<typeof schema>,
  run: RunOptions,
): Promise<RealismResult> {
  const { real, generated } = sets;
  checkPair('realism', sets);
  checkNeighbours(neighbours, { real: countOf(real) });
  const frame = frameOf(sets);
  const radii = await squaredRadii(real, neighbours, frame, part(run, 0, 0.5));
  const limit = largestUpToMedian(radii);
  const ratios = new Float64Array(countOf(generated));
  const distances = new Distances(real, real === generated ? { ...generated } : generated, frame);
  await distances.visit(
    ({ firstRow, firstColumn, rows, columns, lower }) => {
      for (let i = firstRow, at = 0; i < firstRow + rows; i++) {
        const radius = radii[i];
        if (radius > limit) {
          at += columns;
          continue;
        }
        for (let j = firstColumn; j < firstColumn + columns; j++, at++) {
          // The ratio is not above radius / lower.
          if (lower[at] > 0 && radius <= ratios[j] * lower[at]) continue;
          const square = distances.exact(i, j);
          // 0 / 0: a copy of a real sample that has copies among the real ones.
          ratios[j] = Math.max(ratios[j], square === 0 ? Infinity : radius / square);
        }
      }
    },
    part(run, 0.5, 1),
  );
  const scores = ratios.map(Math.sqrt);
  const copies = scores.filter((score) => score === Infinity).length;
  return {
    id: 'realism',
    value: meanOf(scores),
    scores,
    protocol: {
      metric: 'realism',
      definition: 'mean over generated of max over real of radius / distance',
      neighbours,
      leftOut: 'real samples with a radius above the median',
      ...featureProtocol(sets),
    },
    samples: { real: countOf(real), generated: countOf(generated) },
    warnings:
      copies === 0 ? [] : [`infinite: ${copies} generated samples have exactly the features of a real one`],
  };
}

/** The largest radius that is not above the median, which of an even count lies between two of them. */
function largestUpToMedian(values: Float64Array): number {
  return values.slice().sort()[(values.length - 1) >> 1];
}

/** Its definition for evaluations and training. */
export const realismMetric = featureMetric({
  id: 'realism',
  title: 'mean realism',
  options: schema,
  needs: 'features',
  measure: async (sets, options, run) => {
    const { scores: _, ...result } = await realismOf(sets, options, run);
    return [result];
  },
});
