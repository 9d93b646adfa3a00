import type { TargetPoints } from '../points/check-points.js';

/**
 * The angle between planes i and j of a potential, in radians from 0 to pi: between their normals `(y_i, -1)` and
 * `(y_j, -1)`. Where it is large the transport map jumps from one cell to the next: their common face belongs to the
 * singular set. It depends on the scale and on the origin of the points, not on the heights.
 *
 * @see An et al., "AE-OT", ICLR 2020
 */
export function dihedralAngle({ points, dimension }: TargetPoints, i: number, j: number): number {
  let [product, squareI, squareJ, squareDifference] = [1, 1, 1, 0];
  for (let k = 0; k < dimension; k++) {
    const a = points[i * dimension + k];
    const b = points[j * dimension + k];
    product += a * b;
    squareI += a * a;
    squareJ += b * b;
    squareDifference += (a - b) ** 2;
  }
  // The arc cosine loses half the digits near 0; |n_i x n_j|^2 = |n_i|^2 |n_j|^2 - <n_i, n_j>^2 does, too, but the chord
  // between unit normals does not: |n_i/|n_i| - n_j/|n_j||^2 |n_i| |n_j| = |n_i - n_j|^2 - (|n_i| - |n_j|)^2.
  const [lengthI, lengthJ] = [Math.sqrt(squareI), Math.sqrt(squareJ)];
  const chordSquared = Math.max(0, squareDifference - (lengthI - lengthJ) ** 2) / (lengthI * lengthJ);
  return product >= 0
    ? 2 * Math.asin(Math.min(1, Math.sqrt(chordSquared) / 2))
    : Math.acos(Math.max(-1, product / (lengthI * lengthJ)));
}
