import type { Target } from './product.js';
import type { RunOptions } from './run.js';
import { addUpperProduct, roomForUpperProduct } from './upper-product.js';

/**
 * The upper triangle of target += xᵀ x for row-major x [rows, size]: the sums over rows of the products of two
 * columns. Takes one transposed copy of x.
 *
 * @param done how far the computation is of which this is a step
 */
export async function addColumnProducts(
  target: Target,
  x: Float64Array,
  size: number,
  done: number,
  run: RunOptions,
): Promise<void> {
  const columns = transpose(x, size);
  const room = roomForUpperProduct(size);
  await addUpperProduct(target, columns, columns, { depth: x.length / size, done, room }, run);
}

/** Rows whose numbers of one column are copied together: they fill one line of the cache. */
const rowsAtOnce = 8;

function transpose(x: Float64Array, columns: number): Float64Array {
  const rows = x.length / columns;
  const result = new Float64Array(x.length);
  for (let first = 0; first < rows; first += rowsAtOnce) {
    const last = Math.min(first + rowsAtOnce, rows);
    for (let column = 0; column < columns; column++) {
      let from = first * columns + column;
      for (let to = column * rows + first, end = column * rows + last; to < end; to++, from += columns) {
        result[to] = x[from];
      }
    }
  }
  return result;
}
