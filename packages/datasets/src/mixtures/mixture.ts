import type { Dataset } from '@dist-gan/core';

/**
 * A mixture of isotropic Gaussians of equal weight, in the coordinates of its data set's samples. Metrics
 * and pictures need it.
 */
export interface Mixture {
  /** The mean of each mode. */
  readonly centres: readonly (readonly number[])[];
  /** Of every mode in every coordinate. */
  readonly standardDeviation: number;
  /** A sample at most this far from a centre (Euclidean distance) counts as a sample of that mode. */
  readonly registrationRadius: number;
  /**
   * The m of x' = (x / m + 1) / 2, which took the original coordinates x to the samples' x'; back:
   * x = m (2 x' - 1). Absent when the samples are in original coordinates.
   */
  readonly scale?: number;
}

/** A data set whose distribution is known. Labels, where present, are the modes that samples were drawn from. */
export interface MixtureDataset extends Dataset {
  readonly mixture: Mixture;
  batch(indices: ArrayLike<number>): Float32Array;
}
