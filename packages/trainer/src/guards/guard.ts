import type { JsonObject, MetricResult, SampleBatch } from '@dist-gan/core';
import type { HistoryEntry } from '../history/history.js';

/**
 * What happens when a guard finds something wrong:
 *
 * - `warn`: it is told, and the run goes on;
 * - `restore`: the weights, and all else that training changes, become those of the best evaluation again, and the run goes on
 *   with its next step, whose random numbers those weights have not seen; when that did not help `restores` times, the
 *   run ends with the best state;
 * - `stop`: the run ends after this step.
 */
export type GuardPolicy = (typeof guardPolicies)[number];

export const guardPolicies = ['warn', 'restore', 'stop'] as const;

/**
 * Watches over a run, as a value. It keeps nothing: what it says depends on the step at hand or on the run's history, which
 * is part of a checkpoint, so that a resumed run is guarded as if it had not been interrupted.
 */
export interface Guard {
  /** Each once in a run. */
  readonly id: string;
  /** The resolved options that made it. */
  readonly options: JsonObject;
  readonly policy: GuardPolicy;
  /** How often the run may go back for this guard; default {@link defaultRestores}. */
  readonly restores?: number;
  /** After every step; what is wrong, or undefined. */
  afterStep?(facts: StepFacts): string | undefined;
  /** Numbers of an evaluation that the history is to hold, by names that no other guard uses. */
  measure?(facts: EvaluationFacts): Record<string, number> | Promise<Record<string, number>>;
  /** After every evaluation, whose entry is the last one; what is wrong, or undefined. */
  afterEvaluation?(evaluations: readonly HistoryEntry[]): string | undefined;
}

export const defaultRestores = 3;

export interface StepFacts {
  /** Training steps finished. */
  readonly step: number;
  /** By `phase/term`. */
  readonly losses: Readonly<Record<string, number>>;
  /** The sum of each weight's numbers after the step, by names as `weights/generator/0`. */
  readonly weightSums: Readonly<Record<string, number>>;
}

export interface EvaluationFacts {
  /** Training steps finished. */
  readonly step: number;
  /** Generated from the same latents in every evaluation. */
  readonly samples: SampleBatch;
  readonly results: readonly MetricResult[];
  /** As many samples of the data set, the same in every evaluation. */
  readonly real: () => Promise<SampleBatch>;
  /**
   * The logits of samples, `[count]`, by the method's discriminator; missing where it has none that judges samples one by
   * one.
   */
  readonly discriminate?: (samples: SampleBatch) => Promise<Float32Array>;
}
