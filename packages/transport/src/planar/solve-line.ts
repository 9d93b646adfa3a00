import type { TargetPoints } from '../points/check-points.js';
import { centreHeights } from '../potential/brenier-potential.js';

interface LineResult {
  /** With mean 0. */
  readonly heights: Float64Array;
  /** Euclidean norm of (length - mass): of rounding. */
  readonly gradientNorm: number;
}

/** Transport in one dimension, in closed form. */
export function solveOnTheLine({ points, masses }: TargetPoints): LineResult {
  const heights = heightsOnTheLine(points, masses);
  centreHeights(heights);
  const lengths = lengthsOf(points, heights);
  const squares = lengths.map((length, i) => (length - masses[i]) ** 2);
  return { heights, gradientNorm: Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) };
}

/**
 * The cells are intervals in the order of the points, as long as the masses.
 * At the border b of two neighbouring cells both planes are equally high: `h_next = h - b (y_next - y)`.
 *
 * @param points equal ones have the same height, and one cell
 */
export function heightsOnTheLine(points: Float64Array, masses: Float64Array): Float64Array {
  const order = orderOf(points);
  const heights = new Float64Array(points.length);
  let border = -0.5;
  for (let place = 1; place < order.length; place++) {
    const [before, i] = [order[place - 1], order[place]];
    border += masses[before];
    heights[i] = heights[before] - border * (points[i] - points[before]);
  }
  return heights;
}

const orderOf = (points: Float64Array): Uint32Array =>
  Uint32Array.from(points, (_, i) => i).sort((a, b) => points[a] - points[b]);

/** How long the cells of these heights are. Points so near one another that rounding moves their border may have none. */
function lengthsOf(points: Float64Array, heights: Float64Array): Float64Array {
  /** Of the points up to here: those that have a cell, and where each begins. */
  const cells: { readonly point: number; readonly from: number }[] = [];
  for (const point of orderOf(points)) {
    let from = -0.5;
    for (let last = cells.at(-1); last !== undefined; last = cells.at(-1)) {
      from = (heights[last.point] - heights[point]) / (points[point] - points[last.point]);
      if (from > last.from) break;
      from = -0.5;
      cells.pop();
    }
    if (from < 0.5) cells.push({ point, from });
  }
  const lengths = new Float64Array(points.length);
  cells.forEach(({ point, from }, at) => {
    lengths[point] = (cells[at + 1]?.from ?? 0.5) - from;
  });
  return lengths;
}
