import { part, type RunOptions } from './run.js';
import { addUpperProduct, roomForUpperProduct } from './upper-product.js';

/** Rows that are finished before the rest of the matrix is brought up to date in one product. */
const panelRows = 64;

/** A symmetric positive semidefinite matrix S as a product: S[order[i], order[j]] = (Uᵀ U)[i, j]. */
export interface CholeskyFactor {
  /** U, row-major [rank, size], zero below the diagonal. */
  readonly upper: Float64Array;
  readonly rank: number;
  readonly order: Uint32Array;
  /**
   * The largest absolute number that is left of S when U is taken out: rounding, unless S has negative
   * eigenvalues.
   */
  readonly residual: number;
}

/**
 * Cholesky factorisation, of full rank as it stands, else with pivoting: that stops where only rounding is left and so finds
 * the rank of a covariance of too few samples. LAPACK's dpotrf and dpstrf; the tolerance is the default of the latter,
 * size * epsilon * largest diagonal entry. size³ / 3 multiplications, twice that at most where the rank is not full; one copy
 * of the matrix and 512 rows of it.
 *
 * @param symmetric row-major [size, size]; only the upper triangle is read
 */
export async function choleskyFactor(
  symmetric: Float64Array,
  size: number,
  run: RunOptions,
): Promise<CholeskyFactor> {
  const plain = await factor(symmetric, size, false, part(run, 0, 0.5));
  return plain.rank === size ? plain : factor(symmetric, size, true, part(run, 0.5, 1));
}

/** Stops at the first pivot within the tolerance: without pivoting the rank may be larger than the rows of U then. */
async function factor(
  symmetric: Float64Array,
  size: number,
  pivoting: boolean,
  run: RunOptions,
): Promise<CholeskyFactor> {
  const s = symmetric.slice();
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  // The diagonal of what is left of S, beside it: a diagonal in a large matrix is slow to read.
  const left = new Float64Array(size);
  const room = roomForUpperProduct(size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, s[i * size + i]);
  const tolerance = size * Number.EPSILON * largest;
  let rank = 0;
  let first = 0;
  let done = largest <= 0;
  while (!done && first < size) {
    const end = Math.min(first + panelRows, size);
    for (let i = first; i < size; i++) left[i] = s[i * size + i];
    for (; rank < end; rank++) {
      const pivot = pivoting ? largestFrom(left, rank) : rank;
      if (!(left[pivot] > tolerance)) break;
      exchange(s, size, rank, pivot);
      [order[rank], order[pivot]] = [order[pivot], order[rank]];
      [left[rank], left[pivot]] = [left[pivot], left[rank]];
      finishRow(s, size, first, rank, left);
    }
    done = rank < end;
    // The work left is that of the matrix left.
    await subtractPanel(s, size, { first, end: rank }, { done: 1 - (1 - rank / size) ** 3, room }, run);
    first = rank;
  }
  const residual = largestOfRest(s, size, rank);
  return { upper: upperRows(s, size, rank), rank, order, residual };
}

/** Where the largest number from an index on is. */
function largestFrom(values: Float64Array, from: number): number {
  let best = from;
  for (let i = from + 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Exchanges rows and columns i < j of a symmetric matrix of which the upper triangle is stored. */
function exchange(s: Float64Array, size: number, i: number, j: number): void {
  if (i === j) return;
  const swap = (at: number, other: number) => {
    const value = s[at];
    s[at] = s[other];
    s[other] = value;
  };
  for (let row = 0; row < i; row++) swap(row * size + i, row * size + j);
  for (let k = i + 1; k < j; k++) swap(i * size + k, k * size + j);
  for (let column = j + 1; column < size; column++) swap(i * size + column, j * size + column);
  swap(i * size + i, j * size + j);
}

/** Turns a row of what is left of S into a row of U: takes the panel's rows out, divides by the pivot's root. */
function finishRow(s: Float64Array, size: number, first: number, row: number, left: Float64Array): void {
  const start = row * size;
  let above = first;
  // Four at a time, so that the row is read and written a quarter as often.
  for (; above + 4 <= row; above += 4) {
    const a = above * size;
    const [b, c, d] = [a + size, a + 2 * size, a + 3 * size];
    const [ofA, ofB, ofC, ofD] = [s[a + row], s[b + row], s[c + row], s[d + row]];
    for (let column = row; column < size; column++) {
      s[start + column] -=
        ofA * s[a + column] + ofB * s[b + column] + (ofC * s[c + column] + ofD * s[d + column]);
    }
  }
  for (; above < row; above++) {
    const factor = s[above * size + row];
    const from = above * size;
    for (let column = row; column < size; column++) s[start + column] -= factor * s[from + column];
  }
  const root = Math.sqrt(s[start + row]);
  s[start + row] = root;
  for (let column = row + 1; column < size; column++) {
    s[start + column] /= root;
    left[column] -= s[start + column] ** 2;
  }
}

/** Takes the finished rows of a panel out of the rest of the matrix. */
async function subtractPanel(
  s: Float64Array,
  size: number,
  { first, end }: { readonly first: number; readonly end: number },
  options: { readonly done: number; readonly room: Float64Array },
  run: RunOptions,
): Promise<void> {
  const depth = end - first;
  const columns = new Float64Array((size - end) * depth);
  for (let row = first; row < end; row++) {
    for (let column = end; column < size; column++) {
      columns[(column - end) * depth + row - first] = s[row * size + column];
    }
  }
  await addUpperProduct(
    { data: s, offset: end * size + end, stride: size },
    columns,
    columns,
    { depth, scale: -1, ...options },
    run,
  );
}

/** The factor in the place of the matrix, whose lower triangle goes. */
function upperRows(s: Float64Array, size: number, rank: number): Float64Array {
  for (let row = 1; row < rank; row++) s.fill(0, row * size, row * size + row);
  return s.subarray(0, rank * size);
}

function largestOfRest(s: Float64Array, size: number, from: number): number {
  let largest = 0;
  for (let row = from; row < size; row++) {
    for (let column = row; column < size; column++) {
      largest = Math.max(largest, Math.abs(s[row * size + column]));
    }
  }
  return largest;
}
