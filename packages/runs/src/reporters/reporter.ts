import type { SampleBatch } from '@dist-gan/core';
import type { RunState } from '@dist-gan/trainer';
import type { EvaluationLine, RunEvent, StepLine } from '../events/run-event.js';
import type { RunRecord } from '../record/run-record.js';
import type { RunResult } from '../record/run-result.js';

/**
 * Tells somebody how a run goes: a person, a program, a server. A run has any number of them, and waits for what returns a
 * promise. A reporter that throws is left out from then on, and what it said is a notice to the others: nobody loses a run to
 * its telling.
 */
export interface Reporter {
  /** What notices call it: `tensorboard`. */
  readonly id: string;
  /** Once, before the first step. */
  start?(run: RunStart): void | Promise<void>;
  /** After every step. */
  step?(line: StepLine): void | Promise<void>;
  /** Every line of the log when it is written: of steps about 2,000 in the whole run. */
  log?(event: RunEvent): void | Promise<void>;
  /** After every evaluation, when its checkpoint is safe. */
  evaluation?(event: EvaluationReport): void | Promise<void>;
  /** Something that a user should know, in one line. */
  notice?(message: string): void | Promise<void>;
  /** Once, at the very end, also of a run that an error ends. */
  end?(end: RunEnd): void | Promise<void>;
}

export interface RunStart {
  /** The run's folder. */
  readonly folder: string;
  readonly record: RunRecord;
  /** Training steps of the whole run. */
  readonly steps: number;
  /** Those of them that a resumed run has behind it. */
  readonly step: number;
  /** What a resumed run logged up to there. */
  readonly events: readonly RunEvent[];
}

export interface EvaluationReport {
  readonly line: EvaluationLine;
  readonly samples: SampleBatch;
  /** PNG files that were drawn of this step, by the folder they are in: `samples`, `reconstructions`. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  readonly state: RunState;
}

/** `failed`: an error ended the run, and there is no result. */
export type RunEnd =
  | { readonly outcome: 'completed' | 'aborted' | 'stopped'; readonly result: RunResult }
  | { readonly outcome: 'failed'; readonly message: string };
