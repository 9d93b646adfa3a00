import type { MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import {
  checkFeatures,
  checkPair,
  countOf,
  featureProtocol,
  type RealAndGenerated,
} from '../feature-matrix.js';
import { part, type RunOptions } from '../../linear-algebra/index.js';
import { runMetric } from '../run-metric.js';
import { Distances, frameOf, squaredRadii } from './distances.js';
import { featureMetric } from '../feature-metric.js';

const schema = v.strictObject({});

/**
 * AuthPct: the percentage of generated samples that are no near copies of training samples. A generated sample
 * is authentic when its nearest training sample has another training sample nearer than the generated one.
 *
 * Result `authentic-percentage`, from 0 to 100; about 50 to 100 without memorisation. Source: Alaa et al. 2022,
 * as in dgm-eval's authpct.py. Memory as `precisionRecall`.
 *
 * @param sets `real` must be the samples that the generator was trained on
 * @throws ShapeError, NonFiniteError; the reason of `options.signal` when it is aborted
 */
export async function authenticPercentage(
  sets: RealAndGenerated,
  options: RunOptions = {},
): Promise<MetricResult> {
  return runMetric('authentic-percentage', schema, options, (_, run) => authenticShare(sets, run));
}

async function authenticShare(sets: RealAndGenerated, run: RunOptions): Promise<MetricResult> {
  const { real, generated } = sets;
  checkFeatures('authentic-percentage: real', real, 2);
  checkPair('authentic-percentage', sets);
  const frame = frameOf(sets);
  const radii = await squaredRadii(real, 1, frame, part(run, 0, 0.5));
  const count = countOf(generated);
  const nearest = new Uint32Array(count);
  const squares = new Float64Array(count).fill(Infinity);
  const distances = new Distances(real, real === generated ? { ...generated } : generated, frame);
  await distances.visit(
    ({ firstRow, firstColumn, rows, columns, lower }) => {
      for (let i = firstRow, at = 0; i < firstRow + rows; i++) {
        for (let j = firstColumn; j < firstColumn + columns; j++, at++) {
          if (lower[at] >= squares[j]) continue;
          const square = distances.exact(i, j);
          if (square >= squares[j]) continue;
          squares[j] = square;
          nearest[j] = i;
        }
      }
    },
    part(run, 0.5, 1),
  );
  let authentic = 0;
  for (let j = 0; j < count; j++) if (radii[nearest[j]] < squares[j]) authentic++;
  return {
    id: 'authentic-percentage',
    value: (100 * authentic) / count,
    protocol: {
      metric: 'authentic-percentage',
      definition: 'generated samples whose nearest real sample has a nearer real one, in percent',
      ...featureProtocol(sets),
    },
    samples: { real: countOf(real), generated: count },
    warnings: [],
  };
}

/** Its definition for evaluations and training. */
export const authenticPercentageMetric = featureMetric({
  id: 'authentic-percentage',
  title: 'share of generated samples that are no copies',
  options: schema,
  needs: 'features',
  measure: async (sets, _, run) => [await authenticShare(sets, run)],
});
