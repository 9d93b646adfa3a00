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
  for (let row = 0; row < rows; row += tileSize) {
    const a = rowsOf(one, row, Math.min(row + tileSize, rows));
    for (let column = symmetric ? row : 0; column < columns; column += tileSize) {
      const onDiagonal = row === column;
      const b = symmetric && onDiagonal ? a : rowsOf(other, column, Math.min(column + tileSize, columns));
      const products = await multiply(run, { a, b, depth: dimension }, row / rows);
      let ofTile = 0;
      for (let i = 0; i < products.length; i++) ofTile += cubicKernel(products[i], dimension);
      sum += symmetric && !onDiagonal ? 2 * ofTile : ofTile;
      if (!onDiagonal) continue;
      const width = b.length / dimension;
      for (let i = 0; i < products.length; i += width + 1) diagonal += cubicKernel(products[i], dimension);
    }
  }
  return { sum, diagonal };
}

/** k(x, y) from the product x · y. */
export function cubicKernel(product: number, dimension: number): number {
  const value = product / dimension + 1;
  return value * value * value;
}
