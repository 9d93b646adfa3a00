import { panelWidth } from './loops/workspace.js';

/** A matrix, or a part of one, or its transpose, inside an array of numbers. */
export interface MatrixView {
  readonly data: Float32Array | Float64Array;
  /** Where element (0, 0) is. */
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  /** How far the next row is. */
  readonly rowStride: number;
  /** How far the next column is. */
  readonly columnStride: number;
}

/** A whole row-major matrix. */
export function rowMajor(data: MatrixView['data'], columns: number): MatrixView {
  const rows = data.length / columns;
  return { data, offset: 0, rows, columns, rowStride: columns, columnStride: 1 };
}

export function transposed(view: MatrixView): MatrixView {
  return {
    ...view,
    rows: view.columns,
    columns: view.rows,
    rowStride: view.columnStride,
    columnStride: view.rowStride,
  };
}

/** Rows and columns from the first one to before the last one. */
export function part(
  view: MatrixView,
  rows: readonly [number, number],
  columns: readonly [number, number],
): MatrixView {
  return {
    ...view,
    offset: view.offset + rows[0] * view.rowStride + columns[0] * view.columnStride,
    rows: rows[1] - rows[0],
    columns: columns[1] - columns[0],
  };
}

/**
 * Lays a matrix out for the loop `addProduct`: panels of 4 rows, each panel column by column, multiplied by
 * `scale`; rows past the last are zeros.
 */
export function pack(view: MatrixView, scale: number, target: Float64Array): void {
  const { data, offset, rows, columns, rowStride, columnStride } = view;
  for (let row = 0; row < rows; row += panelWidth) {
    const panel = row * columns;
    for (let r = 0; r < panelWidth; r++) {
      let to = panel + r;
      if (row + r >= rows) {
        for (let p = 0; p < columns; p++, to += panelWidth) target[to] = 0;
        continue;
      }
      let from = offset + (row + r) * rowStride;
      for (let p = 0; p < columns; p++, to += panelWidth, from += columnStride) {
        target[to] = scale * data[from];
      }
    }
  }
}
