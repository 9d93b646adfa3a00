import { pause, part, type RunOptions } from './run.js';
import { giveBack, takeWorkspace } from './loops/workspace.js';
import { bandStride, bandWidth, numbersOfBandReduction, reduceToBand } from './band.js';

/** A symmetric matrix with nothing beside the diagonal and its neighbours. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** One shorter than the diagonal. */
  readonly offDiagonal: Float64Array;
}

/** Columns of the band that are reduced before others get their turn: some hundredths of a second for 2048. */
const columnsAtOnce = 256;
/** Columns of one call: code that has just been compiled in haste is replaced by faster between calls alone. */
const columnsOfCall = 8;

/**
 * A tridiagonal matrix with the eigenvalues of a symmetric one, in two stages: to a band first, by products of matrices
 * alone, 4/3 size³ multiplications; from there, in memory that a cache holds, 3 size² bandWidth. A reduction in one stage
 * (LAPACK's dsytrd) reads the whole matrix for every column.
 *
 * Memory: one copy of the matrix, and a thousand rows of it.
 *
 * @param symmetric row-major [size, size]; only the upper triangle is read. Squares of its numbers must not overflow.
 */
export async function tridiagonalise(
  symmetric: Float64Array,
  size: number,
  run: RunOptions,
): Promise<Tridiagonal> {
  const workspace = takeWorkspace(numbersOfBandReduction(size) + size * bandStride + 3 * bandWidth);
  try {
    const band = workspace.allocate(size * bandStride);
    band.values.fill(0);
    await reduceToBand(symmetric, size, band, workspace, part(run, 0, 0.75));
    const scratch = workspace.allocate(3 * bandWidth);
    for (let first = 0; first < size - 2; first += columnsAtOnce) {
      const last = Math.min(first + columnsAtOnce, size - 2);
      await pause(part(run, 0.75, 1), first / size);
      for (let start = first; start < last; start += columnsOfCall) {
        const end = Math.min(start + columnsOfCall, last);
        workspace.loops.chase(band.address, bandStride, size, bandWidth, start, end, scratch.address);
      }
    }
    const diagonal = Float64Array.from({ length: size }, (_, i) => band.values[i * bandStride]);
    const offDiagonal = Float64Array.from(
      { length: Math.max(0, size - 1) },
      (_, i) => band.values[i * bandStride + 1],
    );
    return { diagonal, offDiagonal };
  } finally {
    giveBack(workspace);
  }
}
