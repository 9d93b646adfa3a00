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
  target: Target,
  a: Float64Array,
  b: Float64Array,
  { depth, scale = 1, done, room }: { depth: number; scale?: number; done: number; room: Float64Array },
  run: RunOptions,
): Promise<void> {
  const size = a.length / depth;
  for (let first = 0; first < size; first += rowsAtOnce) {
    const last = Math.min(first + rowsAtOnce, size);
    const product = {
      a: a.subarray(first * depth, last * depth),
      b: b.subarray(first * depth),
      depth,
      into: room,
    };
    const values = await multiply(run, product, done);
    addUpper(target, values, first, last, size, scale);
  }
}

/** A function of its own: loops of one that waits in between stay uncompiled for long, and take five times the time. */
function addUpper(
  { data, offset, stride }: Target,
  values: Float64Array,
  first: number,
  last: number,
  size: number,
  scale: number,
): void {
  const width = size - first;
  for (let row = first; row < last; row++) {
    let from = (row - first) * (width + 1);
    let to = offset + row * (stride + 1);
    for (let column = row; column < size; column++) data[to++] += scale * values[from++];
  }
}
