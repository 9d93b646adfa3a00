import type { Features } from './feature-matrix.js';

/** The features of samples `first` to before `last`, in float64. */
export function rowsOf({ data, dimension }: Features, first: number, last: number): Float64Array {
  return Float64Array.from(data.subarray(first * dimension, last * dimension));
}

/** The features of the samples at these indices, in float64. */
export function rowsAt({ data, dimension }: Features, indices: ArrayLike<number>): Float64Array {
  const rows = new Float64Array(indices.length * dimension);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] * dimension;
    rows.set(data.subarray(from, from + dimension), i * dimension);
  }
  return rows;
}
