import { nonNegative, OptionError, positiveInteger, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { checkPoints } from '../points/check-points.js';
import type { BrenierPotential } from '../potential/brenier-potential.js';
import { solveOnTheLine } from './solve-line.js';
import { arrayOfNumbers } from '../array-of-numbers.js';
import { functionOf } from '../function-of.js';
import { turns } from '../turns.js';
import { newton, type NewtonProgress } from './newton.js';

export interface ExactTransportResult {
  readonly potential: BrenierPotential;
  /** Whether `gradientNorm` is at most the tolerance. */
  readonly converged: boolean;
  /** Euclidean norm of (area - mass), of the heights as they are given, rounding included. */
  readonly gradientNorm: number;
  /** Steps of Newton's method. */
  readonly steps: number;
}

const schema = v.strictObject({
  /** Where the mass goes: `[count, dimension]`, row-major. */
  points: arrayOfNumbers,
  dimension: positiveInteger,
  /** The share of each point; divided by their sum. Default: the same for all. */
  masses: v.optional(arrayOfNumbers),
  /** What the Euclidean norm of (area - mass) shall be at most; in two dimensions it ends there. Default 1e-12. */
  tolerance: v.optional(nonNegative, 1e-12),
  /** In two dimensions: steps of Newton's method. Default 100. */
  maximumSteps: v.optional(positiveInteger, 100),
  /** In two dimensions: many times a second. */
  onProgress: v.optional(functionOf<(progress: NewtonProgress) => void>()),
  /** Ends the computation: its promise is rejected with the signal's reason. */
  signal: v.optional(v.instance(AbortSignal, 'must be an AbortSignal')),
});

export interface ExactTransportOptions extends v.InferInput<typeof schema> {
  /** Of the points. */
  readonly dimension: 1 | 2;
}

/**
 * Semi-discrete optimal transport of the uniform measure on [-0.5, 0.5]^dimension in one dimension (in closed form, by sorting)
 * or two (by Newton's method on the exact areas of the cells). In two dimensions a step costs `points^2` tests: about
 * 0.1 s for 2,000 points, so that `solveTransport` is faster for tens of thousands.
 *
 * Points may be as near to one another, as large and as small as float64 tells them apart. But so are heights float64: the border of
 * cells whose points are d apart can be no nearer to its place than about `1e-16 * (largest height) / d`. Of points 1e-9 apart among
 * others 1 apart the best norm is about 1e-8, so that `converged` is false; it is best then, and `gradientNorm` says how good.
 *
 * @throws OptionError an option is unknown or out of range, the dimension is above 2, or two points are equal
 * @throws ShapeError the points are no whole rows or fewer than dimensions
 * @throws NonFiniteError a point is NaN or infinite
 * @throws the reason of `signal` when it is aborted
 */
export async function solveTransportExactly(given: ExactTransportOptions): Promise<ExactTransportResult> {
  const where = 'solveTransportExactly';
  const { tolerance, maximumSteps, dimension } = resolveOptions(schema, given, where);
  if (dimension > 2) {
    throw new OptionError(
      `${where}.dimension: must be 1 or 2, for cells are not cut exactly in more (got ${dimension}); use solveTransport`,
      `${where}.dimension`,
      dimension,
    );
  }
  const { onProgress, signal } = given;
  signal?.throwIfAborted();
  const target = checkPoints(where, given);
  const turn = turns(signal);
  // Twice a power of two, whose product with itself might be none: of numbers of about 1 nothing overflows, and nothing is rounded.
  const scale = 2 ** Math.round(-Math.log2(largestOf(target.points)) / 2);
  const scaled = { ...target, points: target.points.map((value) => value * scale * scale) };
  const solved =
    dimension === 1
      ? { ...solveOnTheLine(scaled), steps: 0 }
      : await newton(scaled, {
          tolerance,
          maximumSteps,
          onTurn: async (progress) => {
            if (await turn()) onProgress?.(progress);
          },
        });
  return {
    potential: { ...target, heights: solved.heights.map((height) => height / scale / scale) },
    converged: solved.gradientNorm <= tolerance,
    gradientNorm: solved.gradientNorm,
    steps: solved.steps,
  };
}

const largestOf = (values: Float64Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
