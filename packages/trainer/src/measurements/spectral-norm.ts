/** Enough for three digits where the two largest singular values are not closer than a hundredth. */
const mostIterations = 100;
const tolerance = 1e-6;

/**
 * The largest singular value of a matrix, by power iteration in float64 from the same start every time.
 *
 * @param matrix row-major, with so many columns
 */
export function spectralNorm(matrix: ArrayLike<number>, columns: number): number {
  const rows = matrix.length / columns;
  // No symmetry of a network makes this orthogonal to what is sought.
  let right = normalised(Float64Array.from({ length: columns }, (_, i) => 1 + Math.sin(i + 1)));
  let norm = 0;
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const left = new Float64Array(rows);
    const next = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) sum += matrix[row * columns + column] * right[column];
      left[row] = sum;
      for (let column = 0; column < columns; column++) next[column] += matrix[row * columns + column] * sum;
    }
    const before = norm;
    norm = lengthOf(left);
    if (norm === 0 || !Number.isFinite(norm) || Math.abs(norm - before) <= tolerance * norm) break;
    right = normalised(next);
  }
  return norm;
}

function normalised(vector: Float64Array): Float64Array {
  const length = lengthOf(vector);
  return vector.map((value) => value / length);
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
