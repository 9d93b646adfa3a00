import type { Planes } from '../cells/plane-engine.js';

/** The mean of the samples in each cell, `[count, dimension]`; NaN for a cell without any. */
export function meansOfCells(
  { dimension, count }: Planes,
  samples: Float32Array,
  cells: Int32Array,
): Float64Array {
  const means = new Float64Array(count * dimension);
  const members = new Float64Array(count);
  cells.forEach((cell, row) => {
    members[cell]++;
    for (let k = 0; k < dimension; k++) means[cell * dimension + k] += samples[row * dimension + k];
  });
  for (let at = 0; at < means.length; at++) means[at] /= members[Math.floor(at / dimension)];
  return means;
}
