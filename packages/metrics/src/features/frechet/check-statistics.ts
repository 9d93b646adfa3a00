import { NonFiniteError, OptionError, ShapeError } from '@dist-gan/core';
import type { RealAndGenerated } from '../feature-matrix.js';
import { firstNotFinite } from '../first-not-finite.js';
import type { FeatureStatistics } from './feature-moments.js';

/** How far entries may differ from their mirror images, in shares of the largest variance: float32 is exact to less. */
const largestAsymmetry = 1e-5;

/**
 * @throws ShapeError, NonFiniteError when statistics are not a mean and a covariance of one dimension; OptionError when
 * the covariance is not symmetric
 */
export function checkStatistics(where: string, statistics: FeatureStatistics): void {
  const { dimension, mean, covariance } = statistics;
  if (mean.length !== dimension || covariance.length !== dimension ** 2) {
    throw new ShapeError(
      `${where}: statistics of ${dimension} features are a mean of ${dimension} and a covariance of ${dimension} x ${dimension} ` +
        `numbers, got ${mean.length} and ${covariance.length}`,
      'statistics',
      [mean.length, covariance.length],
      `[${dimension}, ${dimension ** 2}]`,
    );
  }
  for (const [name, values] of Object.entries({ mean, covariance })) {
    const bad = firstNotFinite(values);
    if (bad === undefined) continue;
    throw new NonFiniteError(
      `${where}: number ${bad} of the ${name} is ${values[bad]}; compute the statistics again, from finite features below 1e150`,
      name,
    );
  }
  checkSymmetric(where, covariance, dimension);
}

/** Columns that are compared with rows together: more lines, a power of two apart, would not stay in the cache. */
const columnsAtOnce = 8;

function checkSymmetric(where: string, covariance: Float64Array, dimension: number): void {
  let largest = 0;
  for (let i = 0; i < dimension; i++) largest = Math.max(largest, Math.abs(covariance[i * (dimension + 1)]));
  for (let first = 0; first < dimension; first += columnsAtOnce) {
    for (let i = first + 1; i < dimension; i++) {
      const end = Math.min(first + columnsAtOnce, i);
      for (let j = first; j < end; j++) {
        const below = covariance[i * dimension + j];
        const above = covariance[j * dimension + i];
        if (Math.abs(below - above) <= largestAsymmetry * largest) continue;
        throw new OptionError(
          `${where}: sigma[${i}, ${j}] is ${below} and sigma[${j}, ${i}] is ${above}; a covariance is symmetric, so this is ` +
            'another matrix, or one that was laid out wrongly',
          'covariance',
          below,
        );
      }
    }
  }
}

/** What a reader must know when there were too few samples for the dimension. */
export function rankWarnings(sets: RealAndGenerated<FeatureStatistics>): string[] {
  return Object.entries(sets).flatMap(([kind, { count, dimension }]) =>
    count === undefined || count > dimension
      ? []
      : [
          `${count} ${kind} samples give a covariance of rank ${count - 1} at most for ${dimension} features: ` +
            `the distance is biased upwards; take more than ${dimension} samples, or a layer of fewer features`,
        ],
  );
}
