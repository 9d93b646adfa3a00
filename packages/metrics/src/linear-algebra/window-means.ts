import { giveBack, takeWorkspace, type Block, type Workspace } from './loops/workspace.js';

/**
 * Weighted means over all square windows inside planes of one size, by the package's loops: along rows, then along
 * columns, with the same weights. Memory: two planes, and one for each result.
 */
export class WindowMeans {
  /** Windows in each direction. */
  readonly rows: number;
  readonly columns: number;
  private readonly workspace: Workspace;
  private readonly plane: Block;
  private readonly alongRows: Block;
  private readonly weights: Block;

  /**
   * @param weights of a row and of a column of a window, at most as many as the plane's smaller side
   * @param results how many times `of` will be called
   */
  constructor(
    private readonly height: number,
    private readonly width: number,
    weights: Float64Array,
    results: number,
  ) {
    const size = weights.length;
    [this.rows, this.columns] = [height - size + 1, width - size + 1];
    const kept = results * this.rows * this.columns;
    this.workspace = takeWorkspace(height * (width + this.columns) + kept + size);
    this.plane = this.workspace.allocate(height * width);
    this.alongRows = this.workspace.allocate(height * this.columns);
    this.weights = this.workspace.allocate(size);
    this.weights.values.set(weights);
  }

  /**
   * @param draw writes the plane, row-major [height, width]
   * @returns row-major [rows, columns], good until `close`
   */
  of(draw: (plane: Float64Array) => void): Float64Array {
    const { height, width, rows, columns, plane, alongRows } = this;
    draw(plane.values);
    for (let row = 0; row < height; row++) this.mean(plane, row * width, 1, alongRows, row * columns);
    const means = this.workspace.allocate(rows * columns);
    for (let row = 0; row < rows; row++) this.mean(alongRows, row * columns, columns, means, row * columns);
    return means.values;
  }

  /** Lets the memory be used again. */
  close(): void {
    giveBack(this.workspace);
  }

  /** One row of means; numbers that are weighted together are `stride` apart. */
  private mean(from: Block, start: number, stride: number, to: Block, at: number): void {
    const { columns, weights, workspace } = this;
    workspace.loops.combine(
      from.address + 8 * start,
      stride,
      weights.values.length,
      weights.address,
      columns,
      to.address + 8 * at,
    );
  }
}
