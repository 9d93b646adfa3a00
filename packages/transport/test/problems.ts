import { readFileSync } from 'node:fs';
import { RandomStream } from '@dist-gan/core';

interface Problem {
  readonly dimension: number;
  /** Squares (intervals, cubes) along a side. */
  readonly side: number;
  readonly points: number[];
  readonly masses: number[];
  /** The least mean squared distance. */
  readonly cost: number;
  /** The point that each square's mass goes to, or most of it. */
  readonly cells: number[];
}

/** Solved by SciPy's linear programme: tooling/oracles/transport.py. */
export const { problems } = JSON.parse(
  readFileSync(new URL('./transport-vectors.json', import.meta.url), 'utf8'),
) as { problems: readonly Problem[] };

/** The centres of the squares. */
export function gridOf({ dimension, side }: Pick<Problem, 'dimension' | 'side'>): Float32Array {
  const grid = new Float32Array(side ** dimension * dimension);
  for (let i = 0; i < side ** dimension; i++) {
    for (let k = 0; k < dimension; k++) {
      const place = Math.floor(i / side ** (dimension - 1 - k)) % side;
      grid[i * dimension + k] = (place + 0.5) / side - 0.5;
    }
  }
  return grid;
}

export function normalPoints(count: number, dimension: number, seed = 1): Float64Array {
  return Float64Array.from(RandomStream.fromSeed(seed).normal(count * dimension));
}

/** What the cells of samples should be: every plane compared, in float64. */
export function highestPlanes(
  {
    points,
    dimension,
    heights,
  }: { points: ArrayLike<number>; dimension: number; heights: ArrayLike<number> },
  samples: ArrayLike<number>,
): number[] {
  return Array.from({ length: samples.length / dimension }, (_, row) => {
    let [best, cell] = [-Infinity, -1];
    for (let i = 0; i < heights.length; i++) {
      let value = heights[i];
      for (let k = 0; k < dimension; k++) value += samples[row * dimension + k] * points[i * dimension + k];
      if (value > best) [best, cell] = [value, i];
    }
    return cell;
  });
}

/** Share of equal entries. */
export function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let equal = 0;
  for (let i = 0; i < a.length; i++) equal += a[i] === b[i] ? 1 : 0;
  return equal / a.length;
}

/** Share of each cell. */
export function sharesOf(cells: ArrayLike<number>, count: number): number[] {
  const shares = new Array<number>(count).fill(0);
  for (let i = 0; i < cells.length; i++) shares[cells[i]] += 1 / cells.length;
  return shares;
}
