import { expect, it } from 'vitest';
import { ownEngine } from '../../linear-algebra/index.js';
import { frechetDistance } from './frechet-distance.js';
import type { FeatureStatistics } from './feature-moments.js';

/** Of a Gaussian with variances of 1. */
function standard(dimension: number, mean: number): FeatureStatistics {
  const covariance = new Float64Array(dimension ** 2);
  for (let i = 0; i < dimension; i++) covariance[i * (dimension + 1)] = 1;
  return { dimension, mean: new Float64Array(dimension).fill(mean), covariance, ddof: 1 };
}

it('is 2048 for means 0 and 1 in 2048 dimensions (pytorch-fid, test_fid_score.py)', async () => {
  const sets = { real: standard(2048, 0), generated: standard(2048, 1) };
  expect((await frechetDistance(sets, { engine: ownEngine() })).value).toBeCloseTo(2048, 9);
});
