import type { CompileOptions, CompileReport } from '@dist-gan/compiler';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { TrainingStep } from '../step/training-step.js';
import type { StepNumbers } from './pack-step.js';

export const executorIds = ['eager', 'compiled'] as const;

/** `eager`: every operation runs on the active TensorFlow.js backend, one by one. `compiled`: the step is one graph. */
export type ExecutorId = (typeof executorIds)[number];

/** What a step and its networks are run by. */
export interface Executor {
  readonly id: ExecutorId;
  /** What runs a compiled step. */
  readonly engine?: EngineDescription;
  /** Runs one training step; default the first that the executor was made with. */
  run(feeds: Feeds, step?: TrainingStep): Promise<StepNumbers>;
  /**
   * One batch through networks of the state, one after the other: latents through a generator, samples through an encoder and a
   * generator. Batch norm uses the statistics of the batch, as the authors' code does when it samples; nothing of the
   * training state changes.
   *
   * @param batch what the first network takes, row-major, of the run's batch size
   * @returns the first output of the last network, row-major
   */
  apply(networks: readonly LayersModel[], batch: Float32Array): Promise<Float32Array>;
  /** Brings the state's variables up to date, where the state lives elsewhere between steps. */
  readState(): Promise<void>;
  /** Takes over the state's variables, which somebody else has assigned. */
  writeState(): Promise<void>;
  /** Frees what the executor itself made; the state's variables stay. */
  dispose(): Promise<void>;
}

export type Feeds = Readonly<Record<string, Float32Array>>;

export interface ExecutorOptions {
  /** What is compiled at once; another step of the same state is when it is first run. */
  readonly steps: readonly TrainingStep[];
  /** The shape of every feed. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly batchSize: number;
}

/** How the `compiled` executor compiles: see `compile` of @dist-gan/compiler. */
export type CompilerOptions = Pick<CompileOptions, 'target' | 'device' | 'threads' | 'onWarning' | 'runtime'>;

/** The engine that runs a compiled step: what the step was lowered to, where it runs, name and version. */
export type EngineDescription = Pick<CompileReport, 'target' | 'device' | 'engine'>;
