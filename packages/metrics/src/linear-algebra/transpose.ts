import type { MatrixNumbers } from './matrix-engine.js';

/** Rows whose numbers of one column are copied together: they fill one line of the cache. */
const rowsAtOnce = 8;

/**
 * Columns of a matrix as rows: result[column * stride + first + row] = x[row, column].
 *
 * @param x row-major [rows, columns]
 */
export function transpose(
  x: MatrixNumbers,
  columns: number,
  result: Float64Array,
  { stride, first }: { readonly stride: number; readonly first: number },
): void {
  const rows = x.length / columns;
  const whole = rows - (rows % rowsAtOnce);
  for (let row = 0; row < whole; row += rowsAtOnce) {
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      const from = start + column;
      const to = column * stride + first + row;
      // Written out: a loop over eight numbers takes twice as long.
      result[to] = x[from];
      result[to + 1] = x[from + columns];
      result[to + 2] = x[from + 2 * columns];
      result[to + 3] = x[from + 3 * columns];
      result[to + 4] = x[from + 4 * columns];
      result[to + 5] = x[from + 5 * columns];
      result[to + 6] = x[from + 6 * columns];
      result[to + 7] = x[from + 7 * columns];
    }
  }
  for (let row = whole; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * stride + first + row] = x[row * columns + column];
    }
  }
}
