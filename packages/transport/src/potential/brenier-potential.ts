import type { TargetPoints } from '../points/check-points.js';

/**
 * The potential
 *
 *     u(x) = max_i (<x, y_i> + h_i)
 *
 * on the cube [-0.5, 0.5]^dimension. Its gradient is the transport map:
 * `y_i` on the cell `W_i` where plane i is the highest. A map of the cube's uniform measure to masses `nu_i` at the
 * points is optimal for the squared distance exactly when it is of this form with `volume(W_i) = nu_i`.
 */
export interface BrenierPotential extends TargetPoints {
  /** `h`, one per point, with mean 0. */
  readonly heights: Float64Array;
}

/** Subtracts the mean: only differences of heights matter. */
export function centreHeights(heights: Float64Array): void {
  let mean = 0;
  for (const height of heights) mean += height;
  mean /= heights.length;
  for (let i = 0; i < heights.length; i++) heights[i] -= mean;
}
