import type { Features } from './feature-matrix.js';

/** The features of samples `first` to before `last`, where they lie: not a copy. */
export function rowsOf({ data, dimension }: Features, first: number, last: number): Features['data'] {
  return data.subarray(first * dimension, last * dimension);
}

/** A copy of the features of the samples at these indices. */
export function rowsAt({ data, dimension }: Features, indices: ArrayLike<number>): Features['data'] {
  const length = indices.length * dimension;
  const rows = data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] * dimension;
    rows.set(data.subarray(from, from + dimension), i * dimension);
  }
  return rows;
}
