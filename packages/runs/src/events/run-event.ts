import type { MetricResult } from '@dist-gan/core';
import type { GuardEvent, Timing } from '@dist-gan/trainer';

/** A line of `metrics.jsonl`, and of the output of `--json`. */
export type RunEvent = StepLine | EvaluationLine | GuardLine | StageLine | FailureLine;

export interface StepLine {
  readonly event: 'step';
  /** Finished training steps. */
  readonly step: number;
  /** By `phase/term`; in a recipe by `stage.phase/term`. */
  readonly losses: Readonly<Record<string, number>>;
  /** By phase. */
  readonly learningRates: Readonly<Record<string, number>>;
  /** What was to be measured beside: `gradient-norm/<phase>`. */
  readonly measurements?: Readonly<Record<string, number>>;
  /** Where the time of the sitting went, in seconds. */
  readonly timing?: Timing;
  readonly samplesPerSecond?: number;
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
  /** What guards measured, and norms of weights where they were wanted. */
  readonly measurements?: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly memoryBytes: number;
}

/** A guard spoke, and something was done about it. */
export interface GuardLine extends GuardEvent {
  readonly event: 'guard';
}

/** A stage of a recipe began, or was left. */
export interface StageLine {
  readonly event: 'stage';
  /** Finished training steps of all stages. */
  readonly step: number;
  readonly stage: string;
  readonly outcome: 'begun' | 'completed' | 'aborted';
  /** Of a stage that computes: what it told of itself last. */
  readonly values?: Readonly<Record<string, number>>;
  /** Of all stages. */
  readonly seconds: number;
}

export interface FailureLine {
  readonly event: 'failure';
  readonly step: number;
  readonly message: string;
  readonly seconds: number;
}
