import type { MetricResult } from '@dist-gan/core';

/** A line of `metrics.jsonl`, and of the output of `--json`. */
export type RunEvent = StepLine | EvaluationLine | FailureLine;

export interface StepLine {
  readonly event: 'step';
  /** Finished training steps. */
  readonly step: number;
  /** By `phase/term`. */
  readonly losses: Readonly<Record<string, number>>;
  /** By phase. */
  readonly learningRates: Readonly<Record<string, number>>;
  /** Of training since its start, in all sittings together. */
  readonly seconds: number;
  /** Memory of the process. */
  readonly memoryBytes: number;
}

export interface EvaluationLine {
  readonly event: 'evaluation';
  readonly step: number;
  readonly metrics: readonly MetricResult[];
  /** Where there is a moving average, whose `metrics` are: those of the generator that is trained. */
  readonly rawMetrics?: readonly MetricResult[];
  readonly seconds: number;
  readonly memoryBytes: number;
}

export interface FailureLine {
  readonly event: 'failure';
  readonly step: number;
  readonly message: string;
  readonly seconds: number;
}
