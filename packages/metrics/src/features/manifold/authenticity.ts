import type { MetricResult } from '@dist-gan/core';
import {
  checkFeatures,
  checkPair,
  countOf,
  featureProtocol,
  type RealAndGenerated,
} from '../feature-matrix.js';
import {
  between,
  computeAsync,
  type Computation,
  type RunOptions,
} from '../../linear-algebra/computation.js';
import { squaredRadii, visitDistances } from './squared-distances.js';

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
  return computeAsync(authenticComputation(sets), options);
}

function* authenticComputation(sets: RealAndGenerated): Computation<MetricResult> {
  const { real, generated } = sets;
  checkFeatures('authentic-percentage: real', real, 2);
  checkPair('authentic-percentage', sets);
  const radii = yield* between(0, 0.5, squaredRadii(real, 1));
  const count = countOf(generated);
  const nearest = new Uint32Array(count);
  const squares = new Float64Array(count).fill(Infinity);
  const others = real === generated ? { ...generated } : generated;
  yield* between(
    0.5,
    1,
    visitDistances(real, others, (tile) => {
      for (let i = 0, at = 0; i < tile.rows; i++) {
        for (let j = tile.firstColumn; j < tile.firstColumn + tile.columns; j++, at++) {
          if (tile.squares[at] >= squares[j]) continue;
          squares[j] = tile.squares[at];
          nearest[j] = tile.firstRow + i;
        }
      }
    }),
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
