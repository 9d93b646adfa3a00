import type { Target } from './product.js';
import type { RunOptions } from './run.js';
import { addUpperProduct, roomForUpperProduct } from './upper-product.js';

/**
 * Sums of products of columns, xᵀ x, over many blocks of rows x. Its memory, two blocks or less, is used again for each:
 * new memory would take as long as the sums.
 */
export class ColumnProducts {
  private readonly columns: Float64Array;
  private readonly room: Float64Array;

  /**
   * @param size columns of x
   * @param mostRows rows of the largest block
   */
  constructor(
    private readonly size: number,
    mostRows: number,
  ) {
    this.columns = new Float64Array(mostRows * size);
    this.room = roomForUpperProduct(size);
  }

  /**
   * The upper triangle of target += xᵀ x.
   *
   * @param x row-major [rows, size]
   * @param done how far the computation is of which this is a step
   */
  async addTo(target: Target, x: Float64Array, done: number, run: RunOptions): Promise<void> {
    const { size, room } = this;
    const columns = this.columns.subarray(0, x.length);
    transpose(x, size, columns);
    await addUpperProduct(target, columns, columns, { depth: x.length / size, done, room }, run);
  }
}

/** Rows whose numbers of one column are copied together: they fill one line of the cache. */
const rowsAtOnce = 8;

function transpose(x: Float64Array, columns: number, result: Float64Array): void {
  const rows = x.length / columns;
  const whole = rows - (rows % rowsAtOnce);
  for (let first = 0; first < whole; first += rowsAtOnce) {
    const start = first * columns;
    for (let column = 0; column < columns; column++) {
      const from = start + column;
      const to = column * rows + first;
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
    for (let column = 0; column < columns; column++) result[column * rows + row] = x[row * columns + column];
  }
}
