import type { SampleBatch } from './dataset.js';
import type { JsonObject } from './json.js';

/**
 * A streaming metric: it sees features batch by batch and never needs them all at once. Results do not
 * depend on how the features were cut into batches.
 */
export interface Metric<Features = SampleBatch> {
  readonly id: string;
  readonly protocol: JsonObject;
  /** @throws NonFiniteError when a feature is NaN or infinite */
  update(features: Features): void;
  /** The numbers for all features seen so far. One pass over the features may serve several numbers. */
  results(): readonly MetricResult[];
}

/**
 * A metric that waits for something else: for a network that turns images into features, for instance. Otherwise as
 * {@link Metric}; updates are made one after the other.
 */
export interface AsyncMetric<Features = SampleBatch> {
  readonly id: string;
  readonly protocol: JsonObject;
  update(features: Features): Promise<void>;
  results(): Promise<readonly MetricResult[]>;
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
  /** What a reader of the number must know; usually empty. */
  readonly warnings: readonly string[];
}
