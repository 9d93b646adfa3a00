import { type RunOptions } from './run.js';
import { tridiagonalise, type Tridiagonal } from './tridiagonal.js';

/**
 * The eigenvalues of a symmetric matrix, in ascending order, without eigenvectors. Each is exact to about
 * size * epsilon of the largest. Takes one copy of the matrix in memory; 4/3 size³ multiplications.
 *
 * @param symmetric row-major [size, size]; only the upper triangle is read
 */
export async function symmetricEigenvalues(
  symmetric: Float64Array,
  size: number,
  run: RunOptions,
): Promise<Float64Array> {
  // An exact factor keeps squares from overflowing and vanishing.
  const scale = powerOfTwoBelow(largestOf(symmetric, size));
  const scaled = scale === 1 ? symmetric : symmetric.map((value) => value / scale);
  const eigenvalues = tridiagonalEigenvalues(await tridiagonalise(scaled, size, run));
  return scale === 1 ? eigenvalues : eigenvalues.map((value) => value * scale);
}

/** The largest absolute number of the upper triangle. */
function largestOf(symmetric: Float64Array, size: number): number {
  let largest = 0;
  for (let row = 0; row < size; row++) {
    for (let at = row * (size + 1); at < (row + 1) * size; at++) {
      const value = Math.abs(symmetric[at]);
      // Math.max asks for NaN and -0, too, which takes five times as long.
      if (value > largest) largest = value;
    }
  }
  return largest;
}

/** 1 for numbers that are neither very large nor very small. */
function powerOfTwoBelow(value: number): number {
  return value === 0 || (value > 2 ** -300 && value < 2 ** 300) ? 1 : 2 ** Math.floor(Math.log2(value));
}

/** More iterations than a row needs in the mean, as LAPACK has it; two or three are usual. */
const mostIterations = 30;

/**
 * The implicit QL algorithm with Wilkinson's shift (Golub and Van Loan, 8.3; EISPACK's imtql1), of each block from its end of
 * smaller numbers, as LAPACK's dsteqr: from the other, rounding of the larger ones keeps the smaller ones from settling, which of
 * a matrix whose rank is not full are rounding themselves.
 */
function tridiagonalEigenvalues({ diagonal, offDiagonal }: Tridiagonal): Float64Array {
  const d = diagonal.slice();
  const e = new Float64Array(d.length);
  e.set(offDiagonal);
  let left = mostIterations * d.length;
  for (let low = 0; low < d.length; low++) {
    for (let high = endOfBlock(d, e, low); high > low; high = endOfBlock(d, e, low)) {
      if (left-- === 0) throw new Error('the QL iteration does not converge');
      if (Math.abs(d[high]) < Math.abs(d[low])) {
        d.subarray(low, high + 1).reverse();
        e.subarray(low, high).reverse();
      }
      sweep(d, e, low, high);
    }
  }
  return d.sort();
}

/** The last row of the unreduced block that begins at `low`: the entry beside it is negligible. */
function endOfBlock(d: Float64Array, e: Float64Array, low: number): number {
  let high = low;
  while (high < d.length - 1) {
    const size = Math.abs(d[high]) + Math.abs(d[high + 1]);
    if (Math.abs(e[high]) <= Number.EPSILON * size) break;
    high++;
  }
  return high;
}

/** One implicit QL step on the block from `low` to `high`. */
function sweep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const half = (d[low + 1] - d[low]) / (2 * e[low]);
  const root = Math.sqrt(half * half + 1);
  let g = d[high] - d[low] + e[low] / (half + (half >= 0 ? root : -root));
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const length = Math.sqrt(f * f + g * g);
    e[i + 1] = length;
    if (length === 0) {
      d[i + 1] -= p;
      e[high] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = d[i + 1] - p;
    const r = (d[i] - g) * sine + 2 * cosine * b;
    p = sine * r;
    d[i + 1] = g + p;
    g = cosine * r - b;
  }
  d[low] -= p;
  e[low] = g;
  e[high] = 0;
}
