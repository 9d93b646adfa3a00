import { NonFiniteError, ShapeError } from '@dist-gan/core';

/**
 * How many samples these are.
 *
 * @throws ShapeError no whole rows; NonFiniteError a coordinate is NaN or infinite, of which no plane is the highest
 */
export function checkSamples(where: string, samples: Float32Array, dimension: number): number {
  const rows = samples.length / dimension;
  if (!Number.isInteger(rows)) {
    throw new ShapeError(
      `${where}: samples must be whole rows of ${dimension} numbers, got ${samples.length} numbers`,
      'samples',
      [samples.length],
      `[rows * ${dimension}]`,
    );
  }
  const bad = samples.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return rows;
  const row = Math.floor(bad / dimension);
  throw new NonFiniteError(
    `${where}: coordinate ${bad % dimension} of sample ${row} is ${samples[bad]}; every coordinate must be finite`,
    `samples/${row}`,
  );
}
