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
  const scale = powerOfTwoBelow(largestOf(symmetric));
  const scaled = scale === 1 ? symmetric : symmetric.map((value) => value / scale);
  const eigenvalues = tridiagonalEigenvalues(await tridiagonalise(scaled, size, run));
  return scale === 1 ? eigenvalues : eigenvalues.map((value) => value * scale);
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

/** 1 for numbers that are neither very large nor very small. */
function powerOfTwoBelow(value: number): number {
  return value === 0 || (value > 2 ** -300 && value < 2 ** 300) ? 1 : 2 ** Math.floor(Math.log2(value));
}

/** More iterations than any eigenvalue needs; two or three are usual. */
const mostIterations = 60;

/**
 * The QL algorithm without square roots, of Pal, Walker and Kahan (Parlett 1980, 8.15; LAPACK's dsterf), on the squares of
 * what is beside the diagonal.
 */
function tridiagonalEigenvalues({ diagonal, offDiagonal }: Tridiagonal): Float64Array {
  const d = diagonal.slice();
  const squares = new Float64Array(d.length);
  squares.set(offDiagonal.map((value) => value * value));
  for (let low = 0; low < d.length; low++) {
    for (let iteration = 0; ; iteration++) {
      const high = endOfBlock(d, squares, low);
      if (high === low) break;
      if (iteration === mostIterations) throw new Error('the QL iteration does not converge');
      sweep(d, squares, low, high);
    }
  }
  return d.sort();
}

/** The last row of the unreduced block that begins at `low`: the entry beside it is negligible. */
function endOfBlock(d: Float64Array, squares: Float64Array, low: number): number {
  let high = low;
  while (high < d.length - 1) {
    const negligible = Number.EPSILON * (Math.abs(d[high]) + Math.abs(d[high + 1]));
    if (squares[high] <= negligible * negligible) break;
    high++;
  }
  return high;
}

/** One QL step on the block from `low` to `high`, with Wilkinson's shift. */
function sweep(d: Float64Array, squares: Float64Array, low: number, high: number): void {
  const beside = Math.sqrt(squares[low]);
  const half = (d[low + 1] - d[low]) / (2 * beside);
  const root = Math.sqrt(half * half + 1);
  const shift = d[low] - beside / (half + (half >= 0 ? root : -root));
  let cosine = 1;
  let sine = 0;
  let gamma = d[high] - shift;
  let p = gamma * gamma;
  for (let i = high - 1; i >= low; i--) {
    const square = squares[i];
    const length = p + square;
    squares[i + 1] = sine * length;
    const before = cosine;
    const gammaBefore = gamma;
    cosine = p / length;
    sine = square / length;
    gamma = cosine * (d[i] - shift) - sine * gammaBefore;
    d[i + 1] = gammaBefore + (d[i] - gamma);
    p = cosine === 0 ? before * square : (gamma * gamma) / cosine;
  }
  squares[low] = sine * p;
  d[low] = shift + gamma;
}
