import { type RunOptions } from './run.js';
import { giveBack, takeWorkspace, wholePanels, type Block } from './kernels/workspace.js';
import { addUpperProduct, roomForUpperProduct } from './upper-product.js';

/** A symmetric matrix with nothing beside the diagonal and its neighbours. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** One shorter than the diagonal. */
  readonly offDiagonal: Float64Array;
}

/** Columns that are reduced before the rest of the matrix is brought up to date in one product. */
const panelColumns = 32;

/**
 * Householder reduction of a symmetric matrix to a tridiagonal one with the same eigenvalues, in panels as in
 * LAPACK's dsytrd: half of the 4/3 size³ multiplications are products of matrices, the other half products of the
 * matrix and a vector. Takes one copy of the matrix and 700 vectors of memory.
 *
 * @param symmetric row-major [size, size]; only the upper triangle is read
 */
export async function tridiagonalise(
  symmetric: Float64Array,
  size: number,
  run: RunOptions,
): Promise<Tridiagonal> {
  const stride = wholePanels(size);
  const workspace = takeWorkspace(stride * stride + (2 * panelColumns + 2) * stride + 512);
  try {
    const matrix = workspace.allocate(stride * stride);
    matrix.values.fill(0);
    for (let row = 0; row < size; row++) {
      matrix.values.set(symmetric.subarray(row * size + row, (row + 1) * size), row * stride + row);
    }
    const reduction = new Reduction(size, stride, workspace.kernels, {
      matrix,
      pairs: workspace.allocate(2 * panelColumns * stride),
      reflector: workspace.allocate(stride),
      product: workspace.allocate(stride),
      coefficients: workspace.allocate(2 * panelColumns),
    });
    for (let first = 0; first < size - 1; first += panelColumns) {
      const end = Math.min(first + panelColumns, size - 1);
      await reduction.panel(first, end, run);
    }
    return reduction.result();
  } finally {
    giveBack(workspace);
  }
}

interface Blocks {
  /** The upper triangle of what is left to reduce. */
  readonly matrix: Block;
  /** For each column of the panel two rows: its reflector v and the w with which A becomes A - v wᵀ - w vᵀ. */
  readonly pairs: Block;
  /** The reflector of the column at hand. */
  readonly reflector: Block;
  /** What becomes the w of the column at hand. */
  readonly product: Block;
  readonly coefficients: Block;
}

class Reduction {
  private readonly diagonal: Float64Array;
  private readonly offDiagonal: Float64Array;
  private readonly room: Float64Array;

  constructor(
    private readonly size: number,
    private readonly stride: number,
    private readonly kernels: ReturnType<typeof takeWorkspace>['kernels'],
    private readonly blocks: Blocks,
  ) {
    this.diagonal = new Float64Array(size);
    this.room = roomForUpperProduct(size);
    this.offDiagonal = new Float64Array(Math.max(0, size - 1));
  }

  /** Reduces the columns from `first` to before `end`, then updates the rest of the matrix. */
  async panel(first: number, end: number, run: RunOptions): Promise<void> {
    this.blocks.pairs.values.fill(0);
    for (let column = first; column < end; column++) this.reduce(column, column - first);
    await this.updateRest(end, end - first, run);
  }

  result(): Tridiagonal {
    const last = this.size - 1;
    if (last >= 0) this.diagonal[last] = this.blocks.matrix.values[last * this.stride + last];
    return { diagonal: this.diagonal, offDiagonal: this.offDiagonal };
  }

  /** Reduces one column, of which the `before` columns before it in the panel are not yet taken out. */
  private reduce(column: number, before: number): void {
    const { kernels, stride, size } = this;
    const { matrix, pairs, reflector, product, coefficients } = this.blocks;
    const row = column * stride;
    const address = (block: Block, at: number) => block.address + 8 * at;

    // The column as it is after the reflections before it: a -= v w[column] + w v[column].
    for (let pair = 0; pair < 2 * before; pair++) {
      coefficients.values[pair] = pairs.values[(pair ^ 1) * stride + column];
    }
    kernels.subtractCombination(
      address(pairs, column),
      stride,
      2 * before,
      coefficients.address,
      address(matrix, row + column),
      size - column,
    );
    this.diagonal[column] = matrix.values[row + column];

    const next = column + 1;
    const length = size - next;
    const { beta, factor } = reflect(
      matrix.values.subarray(row + next, row + size),
      reflector.values.subarray(next, size),
    );
    this.offDiagonal[column] = beta;
    // Nothing to reflect: the column's pair stays 0.
    if (factor === 0) return;

    // w = factor (A v - V (Wᵀ v) - W (Vᵀ v)), then w -= factor / 2 (wᵀ v) v.
    const v = address(reflector, next);
    const w = address(product, next);
    kernels.symmetricTimesVector(address(matrix, next * stride + next), stride, length, v, w);
    kernels.dots(address(pairs, next), stride, 2 * before, v, length, coefficients.address);
    for (let pair = 0; pair < 2 * before; pair += 2) {
      const swapped = coefficients.values[pair];
      coefficients.values[pair] = coefficients.values[pair + 1];
      coefficients.values[pair + 1] = swapped;
    }
    kernels.subtractCombination(address(pairs, next), stride, 2 * before, coefficients.address, w, length);
    kernels.dots(v, stride, 1, w, length, coefficients.address);
    const half = (factor * factor * coefficients.values[0]) / 2;
    for (let i = next; i < size; i++) {
      const vi = reflector.values[i];
      pairs.values[2 * before * stride + i] = vi;
      pairs.values[(2 * before + 1) * stride + i] = factor * product.values[i] - half * vi;
    }
  }

  /** A -= v wᵀ + w vᵀ for the `count` pairs of the panel. */
  private async updateRest(from: number, count: number, run: RunOptions): Promise<void> {
    const { size, stride } = this;
    const { matrix, pairs } = this.blocks;
    const depth = 2 * count;
    const [left, right] = [0, 1].map(() => new Float64Array((size - from) * depth));
    for (let pair = 0; pair < depth; pair++) {
      for (let i = from, at = pair; i < size; i++, at += depth) {
        left[at] = pairs.values[pair * stride + i];
        right[at] = pairs.values[(pair ^ 1) * stride + i];
      }
    }
    const target = { data: matrix.values, offset: from * (stride + 1), stride };
    const done = 1 - (1 - from / size) ** 3;
    await addUpperProduct(target, left, right, { depth, scale: -1, done, room: this.room }, run);
  }
}

/**
 * The Householder reflector that takes x to (beta, 0, ..., 0): I - factor v vᵀ with v[0] = 1 (LAPACK's dlarfg).
 * A factor of 0 says that there is nothing to reflect.
 */
function reflect(x: Float64Array, v: Float64Array): { beta: number; factor: number } {
  let scale = 0;
  for (let i = 1; i < x.length; i++) scale = Math.max(scale, Math.abs(x[i]));
  v.fill(0);
  v[0] = 1;
  if (scale === 0) return { beta: x[0], factor: 0 };
  scale = Math.max(scale, Math.abs(x[0]));
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += (x[i] / scale) ** 2;
  const norm = scale * Math.sqrt(squares);
  const beta = x[0] > 0 ? -norm : norm;
  for (let i = 1; i < x.length; i++) v[i] = x[i] / (x[0] - beta);
  return { beta, factor: (beta - x[0]) / beta };
}
