import type { Planes } from './plane-engine.js';

/** Moves the points to their mean: that adds the same to all planes at a sample, and float32 keeps more digits. */
export function centred({ points, dimension, count }: Planes): Planes {
  const moved = Float64Array.from(points);
  for (let k = 0; k < dimension; k++) {
    let mean = 0;
    for (let at = k; at < moved.length; at += dimension) mean += moved[at];
    mean /= count;
    for (let at = k; at < moved.length; at += dimension) moved[at] -= mean;
  }
  return { points: moved, dimension, count };
}
