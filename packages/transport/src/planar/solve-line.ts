import type { TargetPoints } from '../points/check-points.js';

/**
 * Transport in one dimension, in closed form: the cells are intervals in the order of the points, as long as the masses.
 * At the border b of two neighbouring cells both planes are equally high: `h_next = h - b (y_next - y)`.
 */
export function heightsOnTheLine({ points, masses, count }: TargetPoints): Float64Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => points[a] - points[b]);
  const heights = new Float64Array(count);
  let border = -0.5;
  for (let place = 1; place < count; place++) {
    const [before, i] = [order[place - 1], order[place]];
    border += masses[before];
    heights[i] = heights[before] - border * (points[i] - points[before]);
  }
  return heights;
}
