import type { SampleBatch } from './dataset.js';
import type { JsonObject } from './json.js';

/**
 * A streaming metric: it sees features batch by batch. Results do not depend on how the features were cut into batches.
 * Where it waits for something (a network that turns images into features, a long computation) it answers with a
 * promise; updates are made one after the other.
 */
export interface Metric<Features = SampleBatch> {
  readonly id: string;
  readonly protocol: JsonObject;
  /**
   * Keeps no array of the caller's, who may write the next features into it.
   *
   * @throws NonFiniteError when a feature is NaN or infinite; then nothing of these features is counted
   */
  update(features: Features): void | Promise<void>;
  /** The numbers for all features seen so far. One pass over the features may serve several numbers. */
  results(): readonly MetricResult[] | Promise<readonly MetricResult[]>;
}

/** A number never travels without its protocol. */
export interface MetricResult {
  /** `modes-covered`, `total-variation`, ... */
  readonly id: string;
  readonly value: number;
  /** Every choice that the value depends on. */
  readonly protocol: JsonObject;
  /** How many samples of each kind the value was computed from. */
  readonly samples: { readonly generated?: number; readonly real?: number };
  /** What samples of the data's own distribution have, in the mean over many of them, where that is known. */
  readonly ideal?: number;
  /** Of a number of modes: what each of them has got, and whether it is counted. */
  readonly modes?: readonly ModeCount[];
  /** What a reader of the number must know; usually empty. */
  readonly warnings: readonly string[];
}

/** What a metric has counted for a mode of the data. */
export interface ModeCount {
  /** Generated samples that were registered to it. */
  readonly samples: number;
  /** Whether they are enough, by the metric's rule. */
  readonly covered: boolean;
}
