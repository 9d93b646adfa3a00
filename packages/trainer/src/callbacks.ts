import type { MetricResult, RoleId, SampleBatch } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EngineDescription, ExecutorId } from './executor/index.js';
import type { TrainingResult } from './training-result.js';
import type { RunState } from './step/run-state.js';

/** What a run tells while it goes on. The run waits for a callback that returns a promise; one that throws ends it. */
export interface Callbacks {
  /** Once, when everything is built and compiled and the first step is about to run. */
  readonly onStart?: (event: StartEvent) => void | Promise<void>;
  /** After every training step. */
  readonly onStep?: (event: StepEvent) => void | Promise<void>;
  /** After every evaluation. Where the last one had a guard go back, there is another of that step, of the state that the run ends with. */
  readonly onEvaluation?: (event: EvaluationEvent) => void | Promise<void>;
  /** When a guard spoke and something was done about it; before the evaluation is told that it spoke about. */
  readonly onGuard?: (event: GuardEvent) => void | Promise<void>;
  /** Before an error of a step, an evaluation or another callback ends the run, while its state is still there. */
  readonly onFailure?: (event: FailureEvent) => void | Promise<void>;
  /** Once, after the last step and the last evaluation, with what `fit` is about to return; before what keeps the run writes its result. */
  readonly onEnd?: (result: TrainingResult) => void | Promise<void>;
}

export const callbackNames = [
  'onStart',
  'onStep',
  'onEvaluation',
  'onGuard',
  'onFailure',
  'onEnd',
] as const satisfies (keyof Callbacks)[];

export interface StartEvent {
  readonly executor: ExecutorId;
  /** What runs a compiled step; missing in eager runs. */
  readonly engine?: EngineDescription;
  /** Training steps of the whole run. */
  readonly steps: number;
  /** Those of them that a resumed state has behind it. */
  readonly step: number;
  /** The metric by which the resumed state is the best so far, if it is. */
  readonly improved?: string;
  /** Trainable numbers of each network. */
  readonly parameters: Readonly<Record<RoleId, number>>;
  /** Wall-clock seconds that building and compiling took. */
  readonly seconds: number;
}

/** Reads the state after the step at hand, to go on from it later. For use during the callback. */
type ReadState = () => Promise<RunState>;

export interface FailureEvent {
  readonly error: unknown;
  /** Training steps finished. */
  readonly step: number;
  readonly state: ReadState;
}

export interface GuardEvent {
  /** Training steps finished. */
  readonly step: number;
  /** The guard's id. */
  readonly guard: string;
  /** `restored`: the run goes on from an earlier state; `stopped`: it ends. */
  readonly action: 'warned' | 'restored' | 'stopped';
  /** What is wrong. */
  readonly reason: string;
  /** Whose state the run goes on from, or ends with, where that is not the one of this step. */
  readonly restoredStep?: number;
  /** Wall-clock seconds of training, those before a resumed state included. */
  readonly seconds: number;
}

/** Where the time of this sitting went, in seconds. */
export interface Timing {
  /** Waiting for batches and random numbers. */
  readonly inputs: number;
  readonly steps: number;
  readonly evaluations: number;
  readonly callbacks: number;
}

export interface StepEvent {
  /** Training steps finished, this one included. */
  readonly step: number;
  /** By `phase/total` and `phase/<term>`; of a repeated phase, those of its last repeat. */
  readonly losses: Readonly<Record<string, number>>;
  /** The scheduled learning rate of each phase; of a repeated phase, that of its last repeat. */
  readonly learningRates: Readonly<Record<string, number>>;
  /** What was to be measured in steps: `gradient-norm/<phase>`. */
  readonly measurements: Readonly<Record<string, number>>;
  readonly timing: Timing;
  /** Of this sitting, without evaluations and callbacks: batches times their size, over seconds. */
  readonly samplesPerSecond: number;
  /** Wall-clock seconds of training, those before a resumed state included. */
  readonly seconds: number;
  readonly state: ReadState;
}

export interface EvaluationEvent {
  /** Training steps finished. */
  readonly step: number;
  /** Generated from the same latents in every evaluation. */
  readonly samples: SampleBatch;
  readonly results: readonly MetricResult[];
  /** What was measured: by guards, and `weight-norm/<role>` and `spectral-norm/<role>/<index>` where that is wanted. */
  readonly measurements: Readonly<Record<string, number>>;
  /** Where this is the best evaluation so far: the metric that says so. */
  readonly improved?: string;
  /**
   * What made the samples, with its weights of this step, for instance to save it. It belongs to the run. Where a guard went
   * back, it has the weights of the state that the run goes on from already.
   */
  readonly generator: LayersModel;
  /**
   * Where the run keeps a moving average: the same of the generator that is trained. `samples`, `results` and `generator`
   * are then those of the average, and every result's protocol says which weights it is of.
   */
  readonly raw?: Pick<EvaluationEvent, 'samples' | 'results' | 'generator'>;
  /**
   * Samples `[count, ...sampleShape]`, row-major, through the encoder and the generator that was trained with it, with
   * their weights of this step; missing where the method has no encoder. Where the generator is conditioned on a class, each
   * with its class behind it: `withClasses`. For use during the callback.
   */
  readonly reconstruct?: (samples: Float32Array) => Promise<SampleBatch>;
  /** Wall-clock seconds of training, those before a resumed state included. */
  readonly seconds: number;
  readonly state: ReadState;
}
