import { multiply, type RunOptions } from './run.js';
import type { Block, Workspace } from './kernels/workspace.js';

/** How many elements beside the diagonal a band has: columns that are reduced together. */
export const bandWidth = 32;
/** How far the next column of a band is: room for what is chased through it below. */
export const bandStride = 2 * bandWidth;

/** Rows of the matrix that one product is for. */
const rowsAtOnce = 256;

/** What `reduceToBand` takes of a workspace. */
export function numbersOfBandReduction(size: number): number {
  return size ** 2 + (2 * bandWidth + Math.min(rowsAtOnce, size)) * size;
}

/**
 * A band matrix with the eigenvalues of a symmetric one. The rows beside a diagonal block are made triangular by
 * reflectors (their QR factorisation), and the rest of the matrix A becomes Qᵀ A Q: for Q = I - V T Vᵀ,
 *
 *     A - V Wᵀ - W Vᵀ        W = A V T - 1/2 V Tᵀ Vᵀ A V T
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
  /** What is right of and below the panel's diagonal block, row-major [restSize, restSize]. */
  private readonly rest: Block;
  /** Columns of V as rows, [bandWidth, restSize]. */
  private readonly reflectors: Block;
  /** Room for products. */
  private readonly room: Block;
  /** Rows that are in the band already. */
  private done = 0;
  restSize: number;

  constructor(
    private readonly size: number,
    private readonly band: Block,
    private readonly workspace: Workspace,
  ) {
    this.restSize = Math.max(0, size - bandWidth);
    this.panel = workspace.allocate(bandWidth * size);
    this.rest = workspace.allocate(this.restSize ** 2);
    this.reflectors = workspace.allocate(bandWidth * this.restSize);
    this.room = workspace.allocate(Math.min(rowsAtOnce, size) * size);
  }

  start(symmetric: Float64Array): void {
    const { size, restSize, panel, rest } = this;
    const rows = size - restSize;
    panel.values.set(symmetric.subarray(0, rows * size));
    for (let row = 0; row < restSize; row++) {
      const from = (rows + row) * size + rows + row;
      rest.values.set(symmetric.subarray(from, from + restSize - row), row * (restSize + 1));
    }
    this.workspace.kernels.mirrorUpper(rest.address, restSize);
  }

  async step(run: RunOptions): Promise<void> {
    const factors = this.reflectPanel();
    this.moveToBand(bandWidth);
    await this.updateRest(factors, run);
  }

  /** What is left when the rest is too small to be reduced. */
  finish(): void {
    const { restSize, rest, band } = this;
    this.moveToBand(Math.min(bandWidth, this.size - this.done - restSize));
    if (restSize === 1) band.values[this.done * bandStride] = rest.values[0];
  }

  /** Makes the panel's columns beside the diagonal block upper triangular. */
  private reflectPanel(): Float64Array {
    const { panel, reflectors, restSize } = this;
    const { kernels } = this.workspace;
    const stride = bandWidth + restSize;
    const factors = new Float64Array(Math.min(bandWidth, restSize - 1));
    for (const i of factors.keys()) {
      const length = restSize - i;
      const row = panel.address + 8 * (i * stride + bandWidth + i);
      const reflector = reflectors.address + 8 * (i * restSize + i);
      reflectors.values.fill(0, i * restSize, i * restSize + i);
      factors[i] = kernels.reflector(row, length, reflector);
      kernels.reflect(row + 8 * stride, stride, bandWidth - 1 - i, reflector, length, factors[i]);
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

  /** The rest becomes the next panel and its rest. */
  private async updateRest(factors: Float64Array, run: RunOptions): Promise<void> {
    const { restSize: size, rest, reflectors, workspace } = this;
    const { kernels } = workspace;
    const count = factors.length;
    const done = 1 - (size / this.size) ** 3;
    const product = (a: Float64Array, b: Float64Array, depth: number) =>
      multiply(run, { a, b, depth, into: this.room.values }, done);

    // [W V] and [V W], row-major [size, 2 count]; [A V, V] before.
    const [left, right] = [0, 1].map(() => new Float64Array(2 * count * size));
    const columns = reflectors.values.subarray(0, count * size);
    const both = new Float64Array(2 * count * size);
    both.set(columns);
    const images = await product(rest.values.subarray(0, size * size), columns, size);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < count; k++) {
        both[(count + k) * size + i] = left[2 * count * i + k] = images[count * i + k];
        right[2 * count * i + k] = left[2 * count * i + count + k] = columns[k * size + i];
      }
    }
    const coefficients = coefficientsOf(await product(columns, both, size), factors);
    const w = await product(left, coefficients, 2 * count);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < count; k++) {
        left[2 * count * i + k] = right[2 * count * i + count + k] = w[count * i + k];
      }
    }

    const rows = Math.min(bandWidth, size);
    const next = size - rows;
    /** Takes rows of the product out of the same rows of the rest. */
    const subtract = async (first: number, last: number, target: Block, at: number, stride: number) => {
      await product(
        left.subarray(2 * count * first, 2 * count * last),
        right.subarray(2 * count * first),
        2 * count,
      );
      kernels.subtractUpper(
        target.address + 8 * at,
        stride,
        rest.address + 8 * first * (size + 1),
        size,
        this.room.address,
        size - first,
        last - first,
        size - first,
      );
    };
    await subtract(0, rows, this.panel, 0, size);
    for (let first = rows; first < size; first += rowsAtOnce) {
      await subtract(first, Math.min(first + rowsAtOnce, size), rest, (first - rows) * (next + 1), next);
    }
    kernels.mirrorUpper(rest.address, next);
    this.restSize = next;
  }
}

/**
 * The transposes of T and of -1/2 Tᵀ Vᵀ A V T side by side, row-major [count, 2 count]: with them, [A V, V] gives W.
 *
 * @param products Vᵀ V and Vᵀ A V side by side, row-major [count, 2 count]
 */
function coefficientsOf(products: Float64Array, factors: Float64Array): Float64Array {
  const count = factors.length;
  const t = triangleOf(products, factors);
  // Vᵀ A V T, then half of Tᵀ with it.
  const images = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < count; k++) {
      const value = products[2 * count * i + count + k];
      for (let j = k; j < count; j++) images[count * i + j] += value * t[count * k + j];
    }
  }
  const result = new Float64Array(2 * count * count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k <= i; k++) {
      result[2 * count * i + k] = t[count * k + i];
      for (let j = 0; j < count; j++) {
        result[2 * count * j + count + i] -= (t[count * k + i] * images[count * k + j]) / 2;
      }
    }
  }
  return result;
}

/** T of Q = I - V T Vᵀ, upper triangular (LAPACK's dlarft), from Vᵀ V. */
function triangleOf(products: Float64Array, factors: Float64Array): Float64Array {
  const count = factors.length;
  const t = new Float64Array(count * count);
  for (let j = 0; j < count; j++) {
    t[count * j + j] = factors[j];
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let k = i; k < j; k++) sum += t[count * i + k] * products[2 * count * k + j];
      t[count * i + j] = -factors[j] * sum;
    }
  }
  return t;
}
