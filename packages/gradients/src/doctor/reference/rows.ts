/** Applies a function to each row of a row-major [rows, length] array and joins the results. */
export function perRow(
  values: Float64Array,
  length: number,
  f: (row: Float64Array) => ArrayLike<number>,
): Float64Array {
  const results: number[] = [];
  for (let start = 0; start < values.length; start += length) {
    const row = f(values.subarray(start, start + length));
    for (let i = 0; i < row.length; i++) results.push(row[i]);
  }
  return Float64Array.from(results);
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

export function softmax(row: Float64Array): Float64Array {
  const exponentials = row.map(Math.exp);
  const total = sum(exponentials);
  return exponentials.map((value) => value / total);
}

export function logSumExp(row: ArrayLike<number>): number {
  return Math.log(sum(Float64Array.from(row, Math.exp)));
}

/** Row-major [rows, inner] times [inner, columns]. */
export function matrixProduct(a: Float64Array, b: Float64Array, inner: number): Float64Array {
  const rows = a.length / inner;
  const columns = b.length / inner;
  const product = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let k = 0; k < inner; k++) {
        product[row * columns + column] += a[row * inner + k] * b[k * columns + column];
      }
    }
  }
  return product;
}
