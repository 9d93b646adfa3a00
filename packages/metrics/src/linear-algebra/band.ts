import { product } from './product.js';
import { multiply, type RunOptions } from './run.js';
import type { Block, Workspace } from './loops/workspace.js';

/** How many elements beside the diagonal a band has: columns that are reduced together. A power of two. */
export const bandWidth = 32;
/** How far the next column of a band is: room for what is chased through it below. */
export const bandStride = 2 * bandWidth;

/** Panels that are reduced before the rest of the matrix is brought up to date. */
const panelsAtOnce = 4;
/** Rows of the matrix that one product is for. */
const rowsAtOnce = 256;

/** Columns of V and W of all panels that wait. */
function waitingColumns(size: number): number {
  return 2 * bandWidth * Math.min(panelsAtOnce, Math.max(1, Math.ceil(size / bandWidth) - 1));
}

/** What `reduceToBand` takes of a workspace. */
export function numbersOfBandReduction(size: number): number {
  return size ** 2 + (bandWidth + 3 * waitingColumns(size) + Math.min(rowsAtOnce, size)) * size;
}

/**
 * A band matrix with the eigenvalues of a symmetric one. The rows beside a diagonal block are made triangular by
 * reflectors (their QR factorisation), and the rest of the matrix A becomes Qᵀ A Q: for Q = I - V T Vᵀ,
 *
 *     A - V Wᵀ - W Vᵀ        W = A V T - 1/2 V Tᵀ Vᵀ A V T
 *
 * This is put off for some panels, as LAPACK's dsytrd does it for some columns: the rest is written anew, and read for that,
 * less often, and A V is made of what it was.
 *
 * @param band zeros; element (row, column) of the lower half goes to column * bandStride + row - column
 */
export async function reduceToBand(
  symmetric: Float64Array,
  size: number,
  band: Block,
  workspace: Workspace,
  run: RunOptions,
): Promise<void> {
  const reduction = new Reduction(size, band, workspace);
  reduction.start(symmetric);
  while (reduction.restSize > 1) await reduction.step(run);
  reduction.finish();
}

class Reduction {
  /** The rows of the matrix that are next, [bandWidth, bandWidth + restSize]. */
  private readonly panel: Block;
  /** What was right of and below the first waiting panel's diagonal block, row-major [side, side]. */
  private readonly rest: Block;
  private side: number;
  /** Rows and columns at the start of the rest that have become panels. */
  private taken = 0;
  /** Columns of V and W of the waiting panels as rows of `side` numbers: those of a panel's V, then those of its W. */
  private readonly rows: Block;
  /** The same as columns: [side, waiting]. */
  private readonly left: Block;
  /** As `left`, with V and W exchanged. */
  private readonly right: Block;
  private readonly waiting: number;
  /** Room for products. */
  private readonly room: Block;
  /** Rows that are in the band already. */
  private done = 0;

  constructor(
    private readonly size: number,
    private readonly band: Block,
    private readonly workspace: Workspace,
  ) {
    this.side = Math.max(0, size - bandWidth);
    this.waiting = waitingColumns(size);
    this.panel = workspace.allocate(bandWidth * size);
    this.rest = workspace.allocate(this.side ** 2);
    this.rows = workspace.allocate(this.waiting * this.side);
    this.left = workspace.allocate(this.waiting * this.side);
    this.right = workspace.allocate(this.waiting * this.side);
    this.room = workspace.allocate(Math.min(rowsAtOnce, size) * size);
  }

  /** How many rows are neither in the band nor in the panel. */
  get restSize(): number {
    return this.side - this.taken;
  }

  start(symmetric: Float64Array): void {
    const { size, side, panel, rest } = this;
    const rows = size - side;
    panel.values.set(symmetric.subarray(0, rows * size));
    for (let row = 0; row < side; row++) {
      const from = (rows + row) * size + rows + row;
      rest.values.set(symmetric.subarray(from, from + side - row), row * (side + 1));
    }
    this.workspace.loops.mirrorUpper(rest.address, side);
    this.forget();
  }

  /** Nothing waits any more. */
  private forget(): void {
    this.taken = 0;
    for (const block of [this.rows, this.left, this.right]) {
      block.values.fill(0, 0, this.waiting * this.side);
    }
  }

  async step(run: RunOptions): Promise<void> {
    const first = 2 * this.taken;
    const factors = this.reflectPanel(first);
    this.moveToBand(bandWidth);
    const done = 1 - (this.restSize / this.size) ** 3;
    await this.appendImages(first, factors, run, done);
    await this.takePanel(run, done);
    if (2 * this.taken === this.waiting || this.restSize <= 1) await this.updateRest(run, done);
  }

  /** What is left when the rest is too small to be reduced. */
  finish(): void {
    const { restSize, rest, band } = this;
    this.moveToBand(Math.min(bandWidth, this.size - this.done - restSize));
    if (restSize === 1) band.values[this.done * bandStride] = rest.values[0];
  }

  /** Makes the panel's columns beside the diagonal block upper triangular. The reflectors become V. */
  private reflectPanel(first: number): Float64Array {
    const { panel, rows, left, right, restSize, side, taken, waiting } = this;
    const { loops } = this.workspace;
    const stride = bandWidth + restSize;
    const factors = new Float64Array(Math.min(bandWidth, restSize - 1));
    for (const i of factors.keys()) {
      const length = restSize - i;
      const row = panel.address + 8 * (i * stride + bandWidth + i);
      const reflector = rows.address + 8 * ((first + i) * side + taken + i);
      factors[i] = loops.reflector(row, length, reflector);
      loops.reflect(row + 8 * stride, stride, bandWidth - 1 - i, reflector, length, factors[i]);
    }
    const columns = rows.address + 8 * (first * side + taken);
    for (const [block, at] of [
      [left, first],
      [right, first + bandWidth],
    ] as const) {
      const target = block.address + 8 * (taken * waiting + at);
      loops.transpose(target, waiting, columns, side, factors.length, restSize);
    }
    return factors;
  }

  private moveToBand(rows: number): void {
    const { panel, band, restSize } = this;
    const stride = rows + restSize;
    for (let row = 0; row < rows; row++) {
      const from = row * (stride + 1);
      const length = Math.min(bandWidth + 1, stride - row);
      band.values.set(panel.values.subarray(from, from + length), (this.done + row) * bandStride);
    }
    this.done += rows;
  }

  /** Computes W. */
  private async appendImages(
    first: number,
    factors: Float64Array,
    run: RunOptions,
    done: number,
  ): Promise<void> {
    const { side, taken, restSize, waiting, rest, rows, left, right, room } = this;
    const { loops } = this.workspace;
    const count = factors.length;
    const images = first + bandWidth;
    const multiplied = (a: Float64Array, b: Float64Array, depth: number) =>
      multiply(run, { a, b, depth, into: room.values }, done);
    /** Puts columns, row-major [restSize, count], where W belongs. */
    const place = (block: Block, at: number) =>
      loops.copyRows(
        block.address + 8 * (taken * waiting + at),
        waiting,
        room.address,
        count,
        restSize,
        count,
      );
    const placeRows = () =>
      loops.transpose(rows.address + 8 * (images * side + taken), side, room.address, count, restSize, count);

    const reflectors = rows.values.subarray(first * side, (first + count) * side);
    // A V, of the rest as it was.
    await multiplied(rest.values.subarray(taken * side, side * side), reflectors, side);
    place(left, images);
    placeRows();
    const products = await multiplied(reflectors, rows.values.subarray(0, (images + count) * side), side);
    const coefficients = coefficientsOf(products, first, factors, waiting);
    await multiplied(left.values.subarray(taken * waiting, side * waiting), coefficients, waiting);
    place(left, images);
    place(right, first);
    placeRows();
  }

  /** The rest's first rows, brought up to date, become the panel. */
  private async takePanel(run: RunOptions, done: number): Promise<void> {
    const rows = Math.min(bandWidth, this.restSize);
    const width = this.restSize;
    await this.subtract(this.taken, this.taken + rows, this.panel.address, width, run, done);
    this.taken += rows;
  }

  /** Brings the rest up to date. */
  private async updateRest(run: RunOptions, done: number): Promise<void> {
    const { side, taken, restSize, rest, workspace } = this;
    for (let first = taken; first < side; first += rowsAtOnce) {
      const last = Math.min(first + rowsAtOnce, side);
      const target = rest.address + 8 * (first - taken) * (restSize + 1);
      await this.subtract(first, last, target, restSize, run, done);
    }
    workspace.loops.mirrorUpper(rest.address, restSize);
    this.side = restSize;
    this.forget();
  }

  /** Writes rows of the rest up to date, on and above the diagonal. */
  private async subtract(
    first: number,
    last: number,
    target: number,
    stride: number,
    run: RunOptions,
    done: number,
  ): Promise<void> {
    const { side, waiting, rest, left, right, room } = this;
    const a = left.values.subarray(first * waiting, last * waiting);
    const b = right.values.subarray(first * waiting, side * waiting);
    await multiply(run, { a, b, depth: waiting, into: room.values }, done);
    const width = side - first;
    this.workspace.loops.subtractUpper(
      target,
      stride,
      rest.address + 8 * first * (side + 1),
      side,
      room.address,
      width,
      last - first,
      width,
    );
  }
}

/**
 * How W is made of the columns of V and W that wait, of the new V, and of A V for the rest A as it was: row-major [count, waiting].
 *
 * @param products Vᵀ with all of them, row-major [count, first + bandWidth + count]
 * @param first where those of the new V begin
 */
function coefficientsOf(
  products: Float64Array,
  first: number,
  factors: Float64Array,
  waiting: number,
): Float64Array {
  const count = factors.length;
  const images = first + bandWidth;
  const width = images + count;
  const t = triangleOf(products.subarray(first), width, factors);
  // A V is what it was less V Wᵀ V + W Vᵀ V of each panel that waits: these are the factors of its columns.
  const before = new Float64Array(count * first);
  const corrections = new Float64Array(count * first);
  const correctionsOfColumn = new Float64Array(count * first);
  for (let i = 0; i < count; i++) {
    for (let p = 0; p < first; p++) {
      before[i * first + p] = products[i * width + p];
      const correction = products[i * width + (p ^ bandWidth)];
      corrections[i * first + p] = correctionsOfColumn[p * count + i] = correction;
    }
  }
  // Vᵀ A V T, then half of Tᵀ with it.
  const corrected = first === 0 ? new Float64Array(count * count) : product(before, corrections, first);
  const ofImages = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < count; k++) {
      const value = products[i * width + images + k] - corrected[i * count + k];
      for (let j = k; j < count; j++) ofImages[count * i + j] += value * t[count * k + j];
    }
  }
  const transposed = new Float64Array(count * count);
  for (let i = 0; i < count; i++) for (let k = 0; k <= i; k++) transposed[count * i + k] = t[count * k + i];
  const ofWaiting = product(transposed, correctionsOfColumn, count);
  const result = new Float64Array(count * waiting);
  for (let i = 0; i < count; i++) {
    for (let p = 0; p < first; p++) result[waiting * i + p] = -ofWaiting[first * i + p];
    for (let k = 0; k <= i; k++) {
      const value = transposed[count * i + k];
      result[waiting * i + images + k] = value;
      for (let j = 0; j < count; j++)
        result[waiting * j + first + i] -= (value * ofImages[count * k + j]) / 2;
    }
  }
  return result;
}

/** T of Q = I - V T Vᵀ, upper triangular (LAPACK's dlarft), from Vᵀ V, whose rows are `stride` apart. */
function triangleOf(products: Float64Array, stride: number, factors: Float64Array): Float64Array {
  const count = factors.length;
  const t = new Float64Array(count * count);
  for (let j = 0; j < count; j++) {
    t[count * j + j] = factors[j];
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let k = i; k < j; k++) sum += t[count * i + k] * products[stride * k + j];
      t[count * i + j] = -factors[j] * sum;
    }
  }
  return t;
}
