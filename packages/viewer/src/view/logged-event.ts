import type { MetricResult } from '@dist-gan/core';

/** A line of `metrics.jsonl` as far as the page goes by it; other kinds of events are told, not understood. */
export interface LoggedEvent {
  readonly event: string;
  /** Finished training steps. */
  readonly step: number;
  /** Since the start of training. */
  readonly seconds?: number;
  readonly message?: string;
  /** Of steps, by `phase/term`. */
  readonly losses?: Readonly<Record<string, number>>;
  /** Of evaluations. */
  readonly metrics?: readonly MetricResult[];
  readonly rawMetrics?: readonly MetricResult[];
}

/** `run.json`, as far as the page goes by it. */
export interface LoggedRecord {
  readonly preset: string;
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly samples?: {
    readonly shape: readonly number[];
    readonly range: readonly [low: number, high: number];
  };
  readonly executor?: string;
  readonly target?: string;
  readonly device?: string;
  readonly backend?: string;
  readonly startedAt: string;
  readonly resumed?: readonly { readonly at: string; readonly step: number }[];
}
