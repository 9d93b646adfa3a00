import { countOf, type Features } from '../feature-matrix.js';
import { rowsOf } from '../rows.js';
import { multiply, type RunOptions } from '../../linear-algebra/index.js';
import { takeKernel, tileSize, type KernelSums } from './kernel-sums.js';

/** Which samples of both sets a subset has: different indices, ascending. */
export interface Subset {
  readonly one: Uint32Array;
  readonly other: Uint32Array;
}

/**
 * The sums of `cubicKernelSums` for many subsets, from one pass over the kernel matrix of all samples: every pair is
 * multiplied once, whatever subsets it is in. Of different sets, `diagonal` is not summed.
 */
export async function subsetKernelSums(
  one: Features,
  other: Features,
  subsets: readonly Subset[],
  run: RunOptions,
): Promise<KernelSums[]> {
  const { dimension } = one;
  const [rows, columns] = [countOf(one), countOf(other)];
  const symmetric = one === other;
  const [sums, diagonals] = [new Float64Array(subsets.length), new Float64Array(subsets.length)];
  const places = subsets.map((subset) => ({
    ...subset,
    rowStarts: startsOf(subset.one, rows),
    columnStarts: startsOf(subset.other, columns),
  }));
  const into = new Float64Array(Math.min(tileSize, rows) * Math.min(tileSize, columns));
  for (let row = 0; row < rows; row += tileSize) {
    const a = rowsOf(one, row, Math.min(row + tileSize, rows));
    for (let column = symmetric ? row : 0; column < columns; column += tileSize) {
      const onDiagonal = symmetric && row === column;
      const b = onDiagonal ? a : rowsOf(other, column, Math.min(column + tileSize, columns));
      const values = await multiply(run, { a, b, depth: dimension, into }, row / rows);
      takeKernel(values, dimension);
      const width = b.length / dimension;
      for (const [s, place] of places.entries()) {
        const chosenRows = chosenIn(place.one, place.rowStarts, row);
        const chosenColumns = chosenIn(place.other, place.columnStarts, column);
        const sum = sumOfChosen(values, width, chosenRows, chosenColumns);
        // Above the diagonal a pair stands for both of its orders.
        sums[s] += symmetric && !onDiagonal ? 2 * sum : sum;
        if (onDiagonal) for (const i of chosenRows) diagonals[s] += values[i * (width + 1)];
      }
    }
  }
  return subsets.map((_, s) => ({ sum: sums[s], diagonal: diagonals[s] }));
}

/** Which rows or columns of the tile that begins at `first` a subset has. */
function chosenIn(indices: Uint32Array, starts: Uint32Array, first: number): Uint32Array {
  const tile = first / tileSize;
  const chosen = indices.slice(starts[tile], starts[tile + 1]);
  for (let i = 0; i < chosen.length; i++) chosen[i] -= first;
  return chosen;
}

function sumOfChosen(values: Float64Array, width: number, rows: Uint32Array, columns: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i] * width;
    // Two sums: additions of one wait for each other.
    let [even, odd] = [0, 0];
    let j = 1;
    for (; j < columns.length; j += 2) {
      even += values[start + columns[j - 1]];
      odd += values[start + columns[j]];
    }
    if (j === columns.length) even += values[start + columns[j - 1]];
    sum += even + odd;
  }
  return sum;
}

/** Where the indices of each tile start among ascending ones, and the end. */
function startsOf(indices: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(Math.ceil(count / tileSize) + 1);
  let at = 0;
  for (let tile = 0; tile < starts.length; tile++) {
    while (at < indices.length && indices[at] < tile * tileSize) at++;
    starts[tile] = at;
  }
  return starts;
}
