import { NonFiniteError, ShapeError } from '@dist-gan/core';
import type { RealAndGenerated } from '../feature-matrix.js';
import type { FeatureStatistics } from './feature-moments.js';

/** @throws ShapeError, NonFiniteError when statistics are not a mean and a covariance of one dimension */
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
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new NonFiniteError(
      `${where}: number ${bad} of the ${name} is ${values[bad]}; compute the statistics again from finite features`,
      name,
    );
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
