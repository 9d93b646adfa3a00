import { countOf, type Features } from '../feature-matrix.js';
import { between, type Computation } from '../../linear-algebra/computation.js';
import { rowsOf } from '../../linear-algebra/rows.js';

/** Samples of a tile of the matrix of distances, in each direction. */
const tileSize = 1024;

/** A part of the matrix of squared Euclidean distances. */
export interface DistanceTile {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly rows: number;
  readonly columns: number;
  /** Row-major [rows, columns]; never below 0. */
  readonly squares: Float64Array;
}

/**
 * Visits the squared distances between all samples of two sets, tile by tile: |x|² + |y|² - 2 x · y in float64.
 * Of a set with itself, the tiles on and above the diagonal alone. Memory: three tiles of 1024 samples.
 */
export function* visitDistances(
  one: Features,
  other: Features,
  visit: (tile: DistanceTile) => void,
): Computation<void> {
  const { dimension } = one;
  const [rows, columns] = [countOf(one), countOf(other)];
  const symmetric = one === other;
  const rowNorms = squaredNorms(one);
  const columnNorms = symmetric ? rowNorms : squaredNorms(other);
  for (let firstRow = 0; firstRow < rows; firstRow += tileSize) {
    const lastRow = Math.min(firstRow + tileSize, rows);
    const a = rowsOf(one, firstRow, lastRow);
    for (let firstColumn = symmetric ? firstRow : 0; firstColumn < columns; firstColumn += tileSize) {
      const lastColumn = Math.min(firstColumn + tileSize, columns);
      const b = symmetric && firstRow === firstColumn ? a : rowsOf(other, firstColumn, lastColumn);
      const squares = yield { done: firstRow / rows, product: { a, b, depth: dimension } };
      for (let i = firstRow, at = 0; i < lastRow; i++) {
        for (let j = firstColumn; j < lastColumn; j++, at++) {
          squares[at] = Math.max(0, rowNorms[i] + columnNorms[j] - 2 * squares[at]);
        }
      }
      visit({
        firstRow,
        firstColumn,
        rows: lastRow - firstRow,
        columns: lastColumn - firstColumn,
        squares,
      });
    }
  }
}

/**
 * For each sample the squared distance to its k-th nearest neighbour, itself not counted.
 *
 * @param neighbours k, below the count of samples
 */
export function* squaredRadii(features: Features, neighbours: number): Computation<Float64Array> {
  const nearest = new NearestLists(countOf(features), neighbours);
  yield* between(
    0,
    1,
    visitDistances(features, features, ({ firstRow, firstColumn, rows, columns, squares }) => {
      const onDiagonal = firstRow === firstColumn;
      for (let i = 0; i < rows; i++) {
        // On the diagonal each pair is there twice; above it, it stands for both of its samples.
        for (let j = onDiagonal ? i + 1 : 0, at = i * columns + j; j < columns; j++, at++) {
          nearest.offer(firstRow + i, squares[at]);
          nearest.offer(firstColumn + j, squares[at]);
        }
      }
    }),
  );
  return nearest.farthest();
}

/** The k smallest numbers that each sample was offered, in ascending order. */
class NearestLists {
  private readonly lists: Float64Array;

  constructor(
    private readonly count: number,
    private readonly length: number,
  ) {
    this.lists = new Float64Array(count * length).fill(Infinity);
  }

  offer(sample: number, square: number): void {
    const { lists, length } = this;
    const first = sample * length;
    let at = first + length - 1;
    if (!(square < lists[at])) return;
    for (; at > first && lists[at - 1] > square; at--) lists[at] = lists[at - 1];
    lists[at] = square;
  }

  farthest(): Float64Array {
    return Float64Array.from({ length: this.count }, (_, i) => this.lists[(i + 1) * this.length - 1]);
  }
}

function squaredNorms(features: Features): Float64Array {
  const { data, dimension } = features;
  const norms = new Float64Array(countOf(features));
  for (let i = 0, at = 0; i < norms.length; i++) {
    let sum = 0;
    for (let k = 0; k < dimension; k++, at++) sum += data[at] * data[at];
    norms[i] = sum;
  }
  return norms;
}
