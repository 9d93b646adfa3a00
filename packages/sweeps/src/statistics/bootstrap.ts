import { meanOf, RandomStream } from '@dist-gan/core';
import { quantile } from './describe.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How many times the numbers are drawn again. */
export const resamples = 10_000;
/** The share of resampled means within the interval. */
export const confidence = 0.95;
/** Of the draws: the same numbers have the same interval in every table. */
export const bootstrapSeed = 0;

/**
 * Percentile bootstrap of the mean (Efron 1979): {@link resamples} times as many numbers are drawn from the given ones, with
 * replacement, and the interval is what the middle {@link confidence} of the means lie between. Of few numbers it is too
 * narrow: of 8 normal ones it holds the true mean in about 90 % of cases.
 *
 * @returns undefined of fewer than two numbers, and where one is infinite
 */
export function bootstrapMean(values: readonly number[]): Interval | undefined {
  const { length } = values;
  if (length < 2 || !values.every(Number.isFinite)) return undefined;
  const stream = RandomStream.fromSeed(bootstrapSeed).derive('bootstrap');
  const drawn = new Float64Array(length);
  const means = new Float64Array(resamples).map(() => {
    for (let j = 0; j < length; j++) drawn[j] = values[stream.nextInteger(length)];
    return meanOf(drawn);
  });
  means.sort();
  const tail = (1 - confidence) / 2;
  return { low: quantile(means, tail), high: quantile(means, 1 - tail) };
}
