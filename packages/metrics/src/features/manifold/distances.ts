import { countOf, type Features, type RealAndGenerated } from '../feature-matrix.js';
import {
  engineOf,
  part,
  tell as tellRun,
  type MatrixNumbers,
  type RunOptions,
} from '../../linear-algebra/index.js';

/** Samples of a tile of the matrix of distances, in each direction. */
const tileSize = 1024;

/** Features for which rounding in float32 still leaves bounds that tell something. */
const mostRoughFeatures = 2 ** 16;

/** What distances are measured in, the same for every comparison of one metric. */
export interface Frame {
  /** Taken off every sample before products are made: their digits are those of the distances then. */
  readonly centre: Float64Array;
  /** A power of two that brings the largest deviation from the centre to 1 at most: no square overflows. */
  readonly scale: number;
}

/** The frame of two sets: the mean of the real samples, and the largest deviation of all from it. */
export function frameOf({ real, generated }: RealAndGenerated): Frame {
  const { dimension } = real;
  const centre = new Float64Array(dimension);
  const count = countOf(real);
  for (let i = 0, at = 0; i < count; i++) {
    for (let k = 0; k < dimension; k++, at++) centre[k] += (real.data[at] - centre[k]) / (i + 1);
  }
  let largest = 0;
  for (const { data } of [real, generated]) {
    for (let at = 0, k = 0; at < data.length; at++) {
      largest = Math.max(largest, Math.abs(data[at] - centre[k]));
      k = k + 1 === dimension ? 0 : k + 1;
    }
  }
  return { centre, scale: scaleToOne(largest) };
}

/** The power of two that brings a number to 1 at most: the squares of such numbers neither overflow nor vanish. */
export function scaleToOne(largest: number): number {
  return largest > 0 ? 2 ** Math.min(1000, Math.max(-1000, -Math.ceil(Math.log2(largest)))) : 1;
}

/** A part of the matrix of squared distances between two sets. */
export interface DistanceTile {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly rows: number;
  readonly columns: number;
  /**
   * Row-major [rows, columns]: what the squared distance is not below; see `Distances.slack` and `exact`. Until the next
   * tile.
   */
  readonly lower: Float64Array;
}

/**
 * The squared Euclidean distances between all samples of two sets. Most of them are only compared with a radius, for
 * which bounds from |x|² + |y|² - 2 x · y are enough, a product of matrices. Where they are not, `exact` sums squared
 * differences one by one: so a copy of a sample has the distance 0, equal distances are equal, and no comparison depends
 * on how an engine rounds.
 */
export class Distances {
  private readonly rowNorms: Float64Array;
  private readonly columnNorms: Float64Array;
  /**
   * The largest error of a bound in shares of both norms: rounding of a product and of two norms, each of `dimension`
   * terms; and what numbers too small for float32 make.
   */
  private error = { share: 0, least: 0 };
  private readonly symmetric: boolean;

  constructor(
    private readonly one: Features,
    private readonly other: Features,
    private readonly frame: Frame,
  ) {
    this.symmetric = one === other;
    this.rowNorms = squaredNorms(one, frame);
    this.columnNorms = this.symmetric ? this.rowNorms : squaredNorms(other, frame);
  }

  /** How far the squared distance can be above its lower bound. */
  slack(row: number, column: number): number {
    const { share, least } = this.error;
    return 2 * (share * (this.rowNorms[row] + this.columnNorms[column]) + least);
  }

  /** The squared distance, from differences. */
  exact(row: number, column: number): number {
    const { dimension } = this.one;
    const [x, y] = [this.one.data, this.other.data];
    const { scale } = this.frame;
    let [a, b] = [row * dimension, column * dimension];
    const end = a + dimension;
    // Two sums: additions of one wait for each other.
    let [even, odd] = [0, 0];
    for (; a + 1 < end; a += 2, b += 2) {
      const first = x[a] * scale - y[b] * scale;
      const second = x[a + 1] * scale - y[b + 1] * scale;
      even += first * first;
      odd += second * second;
    }
    const last = a < end ? x[a] * scale - y[b] * scale : 0;
    return even + odd + last * last;
  }

  /**
   * Visits all pairs tile by tile; of a set with itself, the tiles on and above the diagonal alone. Memory: four tiles
   * of 1024 samples.
   */
  async visit(tell: (tile: DistanceTile) => void, run: RunOptions): Promise<void> {
    const { one, other, symmetric, frame, rowNorms, columnNorms } = this;
    const [rows, columns] = [countOf(one), countOf(other)];
    const pairs = Math.min(tileSize, rows) * Math.min(tileSize, columns);
    const { kind, epsilon, smallest, product } = await boundingProduct(run, one.dimension, pairs);
    this.error = { share: (one.dimension + 8) * epsilon, least: 4 * one.dimension * smallest };
    const { share, least } = this.error;
    const lower = new Float64Array(pairs);
    // Used again by every tile: new memory takes as long as a quarter of a product.
    const [ofRows, ofColumns] = [rows, columns].map(
      (count) => new kind(Math.min(tileSize, count) * one.dimension),
    );
    for (let firstRow = 0; firstRow < rows; firstRow += tileSize) {
      const lastRow = Math.min(firstRow + tileSize, rows);
      const a = framedRows(ofRows, one, frame, firstRow, lastRow);
      for (let firstColumn = symmetric ? firstRow : 0; firstColumn < columns; firstColumn += tileSize) {
        const lastColumn = Math.min(firstColumn + tileSize, columns);
        const isDiagonal = symmetric && firstRow === firstColumn;
        const b = isDiagonal ? a : framedRows(ofColumns, other, frame, firstColumn, lastColumn);
        tellRun(run, firstRow / rows);
        const products = await product(a, b);
        for (let i = firstRow, at = 0; i < lastRow; i++) {
          for (let j = firstColumn; j < lastColumn; j++, at++) {
            lower[at] = (rowNorms[i] + columnNorms[j]) * (1 - share) - least - 2 * products[at];
          }
        }
        tell({ firstRow, firstColumn, rows: lastRow - firstRow, columns: lastColumn - firstColumn, lower });
      }
    }
  }
}

/** A product of rows for bounds: in float32 where the engine has it and rounding leaves bounds that tell something. */
async function boundingProduct(run: RunOptions, depth: number, mostPairs: number) {
  const engine = await engineOf(run);
  if (engine.roughProduct === undefined || depth > mostRoughFeatures) {
    const into = new Float64Array(mostPairs);
    return {
      kind: Float64Array,
      epsilon: Number.EPSILON,
      smallest: 0,
      product: (a: MatrixNumbers, b: MatrixNumbers) => engine.product({ a, b, depth, into }),
    };
  }
  const into = new Float32Array(mostPairs);
  return {
    kind: Float32Array,
    epsilon: 2 ** -23,
    smallest: 2 ** -126,
    product: (a: MatrixNumbers, b: MatrixNumbers) =>
      engine.roughProduct!({ a: a as Float32Array, b: b as Float32Array, depth, into }),
  };
}

/**
 * For each sample the squared distance to its k-th nearest neighbour, itself not counted.
 *
 * @param neighbours k, below the count of samples
 */
export async function squaredRadii(
  features: Features,
  neighbours: number,
  frame: Frame,
  run: RunOptions,
): Promise<Float64Array> {
  const distances = new Distances(features, features, frame);
  const nearest = new NearestLists(countOf(features), neighbours);
  await distances.visit(
    ({ firstRow, firstColumn, rows, columns, lower }) => {
      const onDiagonal = firstRow === firstColumn;
      for (let i = 0; i < rows; i++) {
        const row = firstRow + i;
        // On the diagonal each pair is there twice; above it, it stands for both of its samples.
        for (let j = onDiagonal ? i + 1 : 0, at = i * columns + j; j < columns; j++, at++) {
          const column = firstColumn + j;
          if (lower[at] >= nearest.farthest(row) && lower[at] >= nearest.farthest(column)) continue;
          const square = distances.exact(row, column);
          nearest.offer(row, square);
          nearest.offer(column, square);
        }
      }
    },
    part(run, 0, 1),
  );
  return nearest.radii();
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

  farthest(sample: number): number {
    return this.lists[(sample + 1) * this.length - 1];
  }

  offer(sample: number, square: number): void {
    const { lists, length } = this;
    const first = sample * length;
    let at = first + length - 1;
    if (!(square < lists[at])) return;
    for (; at > first && lists[at - 1] > square; at--) lists[at] = lists[at - 1];
    lists[at] = square;
  }

  radii(): Float64Array {
    return Float64Array.from({ length: this.count }, (_, sample) => this.farthest(sample));
  }
}

/** Samples `first` to before `last`, less the centre, scaled, at the start of `room`. */
function framedRows(
  room: MatrixNumbers,
  { data, dimension }: Features,
  { centre, scale }: Frame,
  first: number,
  last: number,
): MatrixNumbers {
  const rows = room.subarray(0, (last - first) * dimension);
  for (let to = 0, from = first * dimension; to < rows.length;) {
    for (let k = 0; k < dimension; k++) rows[to++] = (data[from++] - centre[k]) * scale;
  }
  return rows;
}

function squaredNorms({ data, dimension }: Features, { centre, scale }: Frame): Float64Array {
  const norms = new Float64Array(data.length / dimension);
  for (let i = 0, at = 0; i < norms.length; i++) {
    let sum = 0;
    for (let k = 0; k < dimension; k++, at++) sum += ((data[at] - centre[k]) * scale) ** 2;
    norms[i] = sum;
  }
  return norms;
}
