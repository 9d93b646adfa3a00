import { countOf, type Features } from '../feature-matrix.js';
import { rowsOf } from '../rows.js';
import { multiply, type RunOptions } from '../../linear-algebra/index.js';

/** Samples of a tile of the kernel matrix, in each direction: small enough that a symmetric one saves work. */
export const tileSize = 512;

/** Sums over a kernel matrix that is never whole in memory. */
export interface KernelSums {
  readonly sum: number;
  /** The sum over pairs of samples with the same index. */
  readonly diagonal: number;
}

/** Sums of k(x, y) = (x · y / dimension + 1)³ over all pairs; of a set with itself, from half of the pairs. */
export async function cubicKernelSums(one: Features, other: Features, run: RunOptions): Promise<KernelSums> {
  const { dimension } = one;
  const [rows, columns] = [countOf(one), countOf(other)];
  const symmetric = one === other;
  let sum = 0;
  let diagonal = 0;
  const into = new Float64Array(Math.min(tileSize, rows) * Math.min(tileSize, columns));
  for (let row = 0; row < rows; row += tileSize) {
    const a = rowsOf(one, row, Math.min(row + tileSize, rows));
    for (let column = symmetric ? row : 0; column < columns; column += tileSize) {
      const onDiagonal = row === column;
      const b = symmetric && onDiagonal ? a : rowsOf(other, column, Math.min(column + tileSize, columns));
      const products = await multiply(run, { a, b, depth: dimension, into }, row / rows);
      takeKernel(products, dimension);
      const ofTile = sumOf(products);
      sum += symmetric && !onDiagonal ? 2 * ofTile : ofTile;
      if (!onDiagonal) continue;
      const width = b.length / dimension;
      for (let i = 0; i < products.length; i += width + 1) diagonal += products[i];
    }
  }
  return { sum, diagonal };
}

/** Turns products x · y into k(x, y). */
export function takeKernel(products: Float64Array, dimension: number): void {
  const scale = 1 / dimension;
  for (let i = 0; i < products.length; i++) {
    const value = products[i] * scale + 1;
    products[i] = value * value * value;
  }
}

function sumOf(values: Float64Array): number {
  // Four sums: additions of one wait for each other.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 3;
  for (; i < values.length; i += 4) {
    s0 += values[i - 3];
    s1 += values[i - 2];
    s2 += values[i - 1];
    s3 += values[i];
  }
  for (i -= 3; i < values.length; i++) s0 += values[i];
  return s0 + s1 + s2 + s3;
}
