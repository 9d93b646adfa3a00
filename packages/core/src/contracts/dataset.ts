import type { JsonObject } from './json.js';
import type { Source } from './source.js';

/** A data set: samples of one shape, read by index. */
export interface Dataset {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** The resolved options that made it. */
  readonly options: JsonObject;
  /** How many samples there are. */
  readonly size: number;
  /** Shape of one sample: `[2]` for points, `[height, width, channels]` for images. */
  readonly sampleShape: readonly number[];
  /**
   * Range of a sample's values as the networks see them. Float data is in this range already; a byte
   * `b` of uint8 data stands for `low + (high - low) * b / 255`.
   */
  readonly range: readonly [low: number, high: number];
  /** One class per sample, where classes are known. */
  readonly labels?: Uint8Array | Uint16Array | Int32Array;
  /**
   * The samples at these indices, one after the other, row-major: at once where they are in memory, as a promise where
   * they have to be fetched. A data set that gives promises must answer several calls at a time; the trainer asks it two
   * steps ahead.
   *
   * @param indices whole numbers from 0 to `size` - 1, in any order, repeats allowed
   */
  batch(indices: ArrayLike<number>): SampleData | Promise<SampleData>;
}

export type SampleData = Float32Array | Uint8Array;

/** Samples that belong together, for metrics and pictures. */
export interface SampleBatch {
  readonly data: Float32Array;
  readonly count: number;
  /** Shape of one sample. */
  readonly sampleShape: readonly number[];
}
