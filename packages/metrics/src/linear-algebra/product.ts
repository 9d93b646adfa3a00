import { panelWidth, Workspace, type Block } from './loops/workspace.js';
import { pack, part, rowMajor, type MatrixView } from './matrix-view.js';

/** Rows and columns of the blocks that a product is cut into: three of them fit in a second-level cache. */
const blockSize = 256;

/** Kept between calls: blocks of a, b and c, 1.5 MB together. */
let blocks: { workspace: Workspace; a: Block; b: Block; c: Block } | undefined;

function sharedBlocks() {
  if (blocks === undefined) {
    const size = blockSize * blockSize;
    const workspace = new Workspace(3 * size);
    const [a, b, c] = [1, 2, 3].map(() => workspace.allocate(size));
    blocks = { workspace, a, b, c };
  }
  return blocks;
}

/** What a product is added to: a row-major matrix, or a part of one. */
export interface Target {
  readonly data: Float64Array;
  readonly offset: number;
  readonly stride: number;
}

/**
 * target += scale * a bᵀ in float64, for a [rows, depth] and b [columns, depth]. Runs in 1.5 MB of memory beside
 * the arguments.
 *
 * With `upperOnly` a and b have as many rows and only the upper triangle of the target is sure to be summed:
 * half the arithmetic where the result is symmetric.
 */
export function addProduct(
  target: Target,
  a: MatrixView,
  b: MatrixView,
  { scale = 1, upperOnly = false }: { scale?: number; upperOnly?: boolean } = {},
): void {
  for (let depth = 0; depth < a.columns; depth += blockSize) {
    const depths = [depth, Math.min(depth + blockSize, a.columns)] as const;
    for (let column = 0; column < b.rows; column += blockSize) {
      const columns = [column, Math.min(column + blockSize, b.rows)] as const;
      pack(part(b, columns, depths), 1, sharedBlocks().b.values);
      const lastRow = upperOnly ? columns[1] : a.rows;
      for (let row = 0; row < lastRow; row += blockSize) {
        const rows = [row, Math.min(row + blockSize, lastRow)] as const;
        pack(part(a, rows, depths), scale, sharedBlocks().a.values);
        addBlock(target, rows, columns, depths[1] - depths[0], upperOnly && row === column);
      }
    }
  }
}

/** Adds the product of the packed blocks. */
function addBlock(
  target: Target,
  [firstRow, lastRow]: readonly [number, number],
  [firstColumn, lastColumn]: readonly [number, number],
  depth: number,
  upperOnly: boolean,
): void {
  const { workspace, a, b, c } = sharedBlocks();
  const rowPanels = Math.ceil((lastRow - firstRow) / panelWidth);
  const columnPanels = Math.ceil((lastColumn - firstColumn) / panelWidth);
  c.values.fill(0, 0, rowPanels * panelWidth * blockSize);
  workspace.loops.addProduct(
    a.address,
    b.address,
    c.address,
    rowPanels,
    columnPanels,
    depth,
    blockSize,
    upperOnly,
  );
  for (let row = firstRow; row < lastRow; row++) {
    let from = (row - firstRow) * blockSize;
    let to = target.offset + row * target.stride + firstColumn;
    for (let column = firstColumn; column < lastColumn; column++) target.data[to++] += c.values[from++];
  }
}

/** a bᵀ for row-major a [rows, depth] and b [columns, depth]: row-major [rows, columns], in `into` where it is given. */
export function product(
  a: MatrixView['data'],
  b: MatrixView['data'],
  depth: number,
  into?: Float64Array,
): Float64Array {
  const columns = b.length / depth;
  const length = (a.length / depth) * columns;
  const data = into?.subarray(0, length).fill(0) ?? new Float64Array(length);
  const upperOnly = a === b;
  addProduct({ data, offset: 0, stride: columns }, rowMajor(a, depth), rowMajor(b, depth), { upperOnly });
  if (upperOnly) mirrorUpper(data, columns);
  return data;
}

/** Rows that are mirrored together: as columns they fill one line of the cache. */
const mirroredAtOnce = 8;

/** Copies the upper triangle of a square matrix into the lower one. */
export function mirrorUpper(data: Float64Array, size: number): void {
  for (let first = 0; first < size; first += mirroredAtOnce) {
    const last = Math.min(first + mirroredAtOnce, size);
    for (let row = first; row < last; row++) {
      for (let column = first; column < row; column++) data[row * size + column] = data[column * size + row];
    }
    // Rows below are of whole blocks alone. Written out, as a loop over eight numbers takes twice as long.
    for (let row = last; row < size; row++) {
      const to = row * size + first;
      const from = first * size + row;
      data[to] = data[from];
      data[to + 1] = data[from + size];
      data[to + 2] = data[from + 2 * size];
      data[to + 3] = data[from + 3 * size];
      data[to + 4] = data[from + 4 * size];
      data[to + 5] = data[from + 5 * size];
      data[to + 6] = data[from + 6 * size];
      data[to + 7] = data[from + 7 * size];
    }
  }
}
