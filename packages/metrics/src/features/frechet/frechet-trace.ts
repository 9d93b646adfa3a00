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
  if (order.every((place, i) => place === i)) return t;
  const result = new Float64Array(t.length);
  for (let i = 0, to = 0; i < size; i++) {
    const row = order[i] * size;
    for (let j = 0; j < size; j++) result[to++] = t[row + order[j]];
  }
  return result;
}

/**
 * The upper triangle of U T Uᵀ, row-major [rank, rank], for U [rank, size] that is zero below the diagonal. Memory that is
 * new takes as long as some of the products: what is made on the way lies where the result will, and what is used up is
 * written over.
 */
async function sandwichOf(
  upper: Float64Array,
  rank: number,
  t: Float64Array,
  size: number,
  run: RunOptions,
): Promise<Float64Array> {
  const half = new Float64Array(rank * size);
  const result = new Float64Array(Math.max(rank * rank, size * Math.max(0, size - rowsAtOnce)));
  const ofUpper = new Float64Array(Math.min(rowsAtOnce, rank) * size);
  for (let first = 0; first < rank; first += rowsAtOnce) {
    const last = Math.min(first + rowsAtOnce, rank);
    const product = {
      a: columnsFrom(upper, size, first, last, first, ofUpper),
      b: first === 0 ? t : columnsFrom(t, size, 0, size, first, result),
      depth: size - first,
      into: half.subarray(first * size),
    };
    await multiply(run, product, (0.7 * first) / rank);
  }
  const room = new Float64Array(rank * Math.min(rowsAtOnce, rank));
  for (let first = 0, width = size; first < rank; first += rowsAtOnce) {
    const last = Math.min(first + rowsAtOnce, rank);
    // Row j of U begins at column j: the sum over columns before it is zero, and they are not needed any more.
    if (first > 0) columnsFrom(half, width, 0, rank, rowsAtOnce, half);
    width = size - first;
    const product = {
      a: half.subarray(0, last * width),
      b: columnsFrom(upper, size, first, last, first, ofUpper),
      depth: width,
      into: room,
    };
    const block = await multiply(run, product, 0.7 + (0.3 * first) / rank);
    const columns = last - first;
    for (let row = 0; row < last; row++) {
      result.set(block.subarray(row * columns, (row + 1) * columns), row * rank + first);
    }
  }
  return result.subarray(0, rank * rank);
}

/** Rows `first` to before `last` from column `column` on, copied to the start of `room`, which may be that of the data. */
function columnsFrom(
  data: Float64Array,
  size: number,
  first: number,
  last: number,
  column: number,
  room: Float64Array,
): Float64Array {
  const width = size - column;
  for (let row = first; row < last; row++) {
    room.set(data.subarray(row * size + column, (row + 1) * size), (row - first) * width);
  }
  return room.subarray(0, (last - first) * width);
}
