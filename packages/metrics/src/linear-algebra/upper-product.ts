import { multiply, type RunOptions } from './run.js';
import type { Target } from './product.js';

/** Rows of the target that one product is for: of what lies below the diagonal, half as many squared are computed for nothing. */
const rowsAtOnce = 256;

/** Room for the products of `addUpperProduct` for up to `size` rows, for one computation to use again and again. */
export function roomForUpperProduct(size: number): Float64Array {
  return new Float64Array(Math.min(rowsAtOnce, size) * size);
}

/**
 * The upper triangle of target += scale * a bᵀ, for row-major a and b [size, depth] whose product is symmetric. What is
 * multiplied is handed out, so that a fast engine does it. Below the diagonal the target is left as it is.
 *
 * @param done how far the computation is of which this is a step
 * @param room of `roomForUpperProduct`
 */
export async function addUpperProduct(
  { data, offset, stride }: Target,
  a: Float64Array,
  b: Float64Array,
  { depth, scale = 1, done, room }: { depth: number; scale?: number; done: number; room: Float64Array },
  run: RunOptions,
): Promise<void> {
  const size = a.length / depth;
  for (let first = 0; first < size; first += rowsAtOnce) {
    const last = Math.min(first + rowsAtOnce, size);
    const width = size - first;
    const product = {
      a: a.subarray(first * depth, last * depth),
      b: b.subarray(first * depth),
      depth,
      into: room,
    };
    const values = await multiply(run, product, done);
    for (let row = first; row < last; row++) {
      let from = (row - first) * (width + 1);
      let to = offset + row * (stride + 1);
      for (let column = row; column < size; column++) data[to++] += scale * values[from++];
    }
  }
}
