import { OptionError, positive, positiveInteger, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { arrayOfNumbers } from '../array-of-numbers.js';
import { functionOf } from '../function-of.js';
import type { MakePlaneEngine } from '../cells/plane-engine.js';
import { largestSobolCount } from '../sobol/sobol-points.js';
import type { TransportProgress } from './transport-progress.js';
import type { TransportState } from './transport-state.js';

const schema = v.strictObject({
  /** Where the mass goes: `[count, dimension]`, row-major. */
  points: arrayOfNumbers,
  dimension: positiveInteger,
  /** The share of each point; divided by their sum. Default: the same for all. */
  masses: v.optional(arrayOfNumbers),
  /**
   * How far Adam moves a height in a step. Default 0.05 times the root mean square distance of the points from their
   * mean, over the root of the dimension.
   */
  learningRate: v.optional(positive),
  /** The learning rate times this whenever the samples double. Default 0.5; the authors' code keeps it: 1. */
  learningRateDecay: v.optional(v.pipe(positive, v.maxValue(1, 'must be at most 1')), 0.5),
  /** Ends when the Euclidean norm of (volume of each cell - mass of its point), on the samples, is below. Default 0.002. */
  tolerance: v.optional(positive, 2e-3),
  /**
   * Sobol samples at the start. Default: the power of two from 4,096 on that is at least four times the points, or `maximumSamples` where
   * that is less.
   */
  samples: v.optional(positiveInteger),
  /** No more samples than that; at most 2^24. Default: the greater of 2^18 and `samples`. */
  maximumSamples: v.optional(v.pipe(positiveInteger, v.maxValue(largestSobolCount, 'must be at most 2^24'))),
  /** Samples double when the norm has not fallen below its least value for more than so many steps. Default 30. */
  patience: v.optional(positiveInteger, 30),
  /** Default 20,000. */
  maximumSteps: v.optional(positiveInteger, 20_000),
  /** What computes products of samples and points. The result does not depend on it. Default: compiled where that pays. */
  engine: v.optional(functionOf<MakePlaneEngine>()),
  /** Goes on from there. */
  state: v.optional(
    v.custom<TransportState>((input) => typeof input === 'object' && input !== null, 'must be a state'),
  ),
  /** After every step, with the state to go on from. What it returns is waited for. */
  onProgress:
    v.optional(functionOf<(progress: TransportProgress, state: TransportState) => void | Promise<void>>()),
  /** Ends at the step before, with the outcome `aborted` and the state to go on from. */
  signal: v.optional(v.instance(AbortSignal, 'must be an AbortSignal')),
});

export type TransportOptions = v.InferInput<typeof schema>;

/** The settings of the scheme, all filled in. */
export interface ResolvedSettings {
  readonly learningRate: number;
  readonly learningRateDecay: number;
  readonly tolerance: number;
  readonly samples: number;
  readonly maximumSamples: number;
  readonly patience: number;
  readonly maximumSteps: number;
}

/** Checks everything but the points. @throws OptionError naming the option */
export function resolveTransportOptions(given: TransportOptions): v.InferOutput<typeof schema> {
  return resolveOptions(schema, given, 'solveTransport');
}

/** Fills in the defaults that depend on the points. */
export function resolveSettings(
  options: v.InferOutput<typeof schema>,
  { count, dimension, points }: { count: number; dimension: number; points: Float64Array },
): ResolvedSettings {
  const { learningRateDecay, tolerance, patience, maximumSteps } = options;
  const enough = 2 ** Math.ceil(Math.log2(Math.max(4096, 4 * count)));
  const samples = options.samples ?? Math.min(enough, options.maximumSamples ?? largestSobolCount);
  const maximumSamples = options.maximumSamples ?? Math.max(2 ** 18, samples);
  if (samples > maximumSamples) {
    const path = 'solveTransport.samples';
    throw new OptionError(
      `${path}: must be at most maximumSamples, ${maximumSamples} (got ${samples})`,
      path,
      samples,
    );
  }
  const learningRate = options.learningRate ?? 0.05 * deviation(points, dimension);
  return { learningRate, learningRateDecay, tolerance, samples, maximumSamples, patience, maximumSteps };
}

/** Root mean square deviation of a coordinate from its mean. */
function deviation(points: Float64Array, dimension: number): number {
  let sum = 0;
  const count = points.length / dimension;
  for (let k = 0; k < dimension; k++) {
    let [mean, squares] = [0, 0];
    for (let at = k; at < points.length; at += dimension) mean += points[at] / count;
    for (let at = k; at < points.length; at += dimension) squares += (points[at] - mean) ** 2;
    sum += squares;
  }
  return Math.sqrt(sum / points.length);
}
