import type { MovingAverageOptions } from '@dist-gan/core';

/**
 * How far the average goes towards the weights in one step:
 *
 *     1 - 2^(-batchSize / halfLife),  halfLife <- min(halfLife, rampUp * samples of the steps before)
 *
 * In the first step of a ramp that is 1: the average begins as a copy of the weights.
 */
export function averagingRate(
  { halfLife, rampUp }: Required<MovingAverageOptions>,
  { stepsDone, batchSize }: { readonly stepsDone: number; readonly batchSize: number },
): number {
  const seen = stepsDone * batchSize;
  const current = rampUp === null ? halfLife : Math.min(halfLife, rampUp * seen);
  return -Math.expm1((-batchSize / current) * Math.LN2);
}
