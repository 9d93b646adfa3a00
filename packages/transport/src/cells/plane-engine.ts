/** Planes `<x, y_i> + h_i` whose highest ones are looked for. */
export interface Planes {
  /** `y`, `[count, dimension]`, row-major. */
  readonly points: Float64Array;
  readonly dimension: number;
  readonly count: number;
}

/**
 * Finds the highest planes at many samples: the n x N products of semi-discrete transport. It may compute in float32:
 * what it finds are proposals, and whoever asks decides in float64.
 */
export interface PlaneEngine {
  readonly id: string;
  /**
   * The indices of the `highest` highest planes at each sample, the highest first: `[samples, highest]`.
   *
   * @param samples `[rows, dimension]`, row-major
   */
  find(samples: Float32Array, heights: Float64Array): Promise<Int32Array>;
  dispose(): void;
}

/** Makes an engine for the `highest` highest of these planes. */
export type MakePlaneEngine = (planes: Planes, highest: number) => Promise<PlaneEngine>;
