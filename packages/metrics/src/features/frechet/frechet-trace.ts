import {
  choleskyFactor,
  symmetricEigenvalues,
  multiply,
  part,
  type RunOptions,
} from '../../linear-algebra/index.js';

/** tr (S T)^½ of two covariances, and what was met on the way. */
export interface RootTrace {
  readonly trace: number;
  /** The rank of S. */
  readonly rank: number;
  /** The sum of |eigenvalues below 0| over the sum of all |eigenvalues| of S T; rounding, or T is no covariance. */
  readonly negativeMass: number;
  /** What of S is no product Uᵀ U, over its largest diagonal entry; rounding, or S is no covariance. */
  readonly residual: number;
}

/** Rows of U that are multiplied together. */
const rowsAtOnce = 512;

/**
 * tr (S T)^½ without a root of a non-symmetric matrix: with S = Uᵀ U (up to an order of the features) the
 * eigenvalues of S T are those of the symmetric U T Uᵀ, and only their roots are summed. Equal to
 * tr (S^½ T S^½)^½ with the Cholesky factor in place of the root: no eigenvectors are needed.
 *
 * Memory: four copies of a covariance.
 *
 * @param s row-major [size, size], symmetric positive semidefinite; the one of smaller rank is faster
 * @param t as s
 */
export async function rootTrace(
  s: Float64Array,
  t: Float64Array,
  size: number,
  run: RunOptions,
): Promise<RootTrace> {
  // Exact factors of two powers, so that products of very large or small covariances neither overflow nor vanish.
  const [ofS, ofT] = [scaleOf(s, size), scaleOf(t, size)];
  const { upper, rank, order, residual } = await choleskyFactor(scaled(s, ofS), size, part(run, 0, 0.2));
  const sandwich = await sandwichOf(upper, rank, reordered(scaled(t, ofT), order), size, part(run, 0.2, 0.5));
  const eigenvalues = await symmetricEigenvalues(sandwich, rank, part(run, 0.5, 1));
  let trace = 0;
  let negative = 0;
  let mass = 0;
  for (const eigenvalue of eigenvalues) {
    trace += Math.sqrt(Math.max(0, eigenvalue));
    negative += Math.max(0, -eigenvalue);
    mass += Math.abs(eigenvalue);
  }
  const largest = ofS * largestVariance(s, size);
  return {
    trace: trace / Math.sqrt(ofS) / Math.sqrt(ofT),
    rank,
    negativeMass: mass === 0 ? 0 : negative / mass,
    residual: largest === 0 ? 0 : residual / largest,
  };
}

function largestVariance(covariance: Float64Array, size: number): number {
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, covariance[i * size + i]);
  return largest;
}

/** A power of four that brings the largest variance near 1; 1 where it is neither very large nor very small. */
function scaleOf(covariance: Float64Array, size: number): number {
  const exponent = Math.log2(largestVariance(covariance, size));
  return Math.abs(exponent) < 200 || !Number.isFinite(exponent) ? 1 : 4 ** -Math.round(exponent / 2);
}

function scaled(covariance: Float64Array, scale: number): Float64Array {
  return scale === 1 ? covariance : covariance.map((value) => value * scale);
}

/** Rows and columns of a symmetric matrix in another order. */
function reordered(t: Float64Array, order: Uint32Array): Float64Array {
  const size = order.length;
  const result = new Float64Array(t.length);
  for (let i = 0, to = 0; i < size; i++) {
    const row = order[i] * size;
    for (let j = 0; j < size; j++) result[to++] = t[row + order[j]];
  }
  return result;
}

/** The upper triangle of U T Uᵀ, row-major [rank, rank], for U [rank, size] that is zero below the diagonal. */
async function sandwichOf(
  upper: Float64Array,
  rank: number,
  t: Float64Array,
  size: number,
  run: RunOptions,
): Promise<Float64Array> {
  const half = new Float64Array(rank * size);
  for (let first = 0; first < rank; first += rowsAtOnce) {
    const last = Math.min(first + rowsAtOnce, rank);
    const product = {
      a: columnsFrom(upper, size, first, last, first),
      b: columnsFrom(t, size, 0, size, first),
      depth: size - first,
    };
    half.set(await multiply(run, product, (0.7 * first) / rank), first * size);
  }
  const result = new Float64Array(rank * rank);
  for (let first = 0; first < rank; first += rowsAtOnce) {
    const last = Math.min(first + rowsAtOnce, rank);
    // Row j of U begins at column j: the sum over columns before it is zero.
    const product = {
      a: columnsFrom(half, size, 0, last, first),
      b: columnsFrom(upper, size, first, last, first),
      depth: size - first,
    };
    const block = await multiply(run, product, 0.7 + (0.3 * first) / rank);
    const width = last - first;
    for (let row = 0; row < last; row++) {
      result.set(block.subarray(row * width, (row + 1) * width), row * rank + first);
    }
  }
  return result;
}

/** A copy of rows `first` to before `last` from column `column` on. */
function columnsFrom(
  data: Float64Array,
  size: number,
  first: number,
  last: number,
  column: number,
): Float64Array {
  const width = size - column;
  const copy = new Float64Array((last - first) * width);
  for (let row = first; row < last; row++) {
    copy.set(data.subarray(row * size + column, (row + 1) * size), (row - first) * width);
  }
  return copy;
}
