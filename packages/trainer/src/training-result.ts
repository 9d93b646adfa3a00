import type { MetricResult, SampleBatch } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EngineDescription, ExecutorId } from './executor/index.js';
import type { RunHistory } from './history/history.js';
import type { Networks } from './networks/build-networks.js';
import type { RunState } from './step/run-state.js';

export interface TrainingResult {
  /** Training steps finished. */
  readonly step: number;
  /** `aborted`: the signal ended the run before its last step; `stopped`: a guard did. */
  readonly outcome: 'completed' | 'aborted' | 'stopped';
  /** Wall-clock seconds from the first step to the end of the last evaluation. */
  readonly seconds: number;
  /** Over the time spent in training steps: without evaluations and callbacks. */
  readonly stepsPerSecond: number;
  readonly executor: ExecutorId;
  /** What ran a compiled step; missing in eager runs. */
  readonly engine?: EngineDescription;
  /** Of the last evaluation; empty without one. */
  readonly results: readonly MetricResult[];
  /** What was measured at evaluations, and what guards did. */
  readonly history: RunHistory;
  /** Where the run keeps a moving average: the same of the generator that was trained. */
  readonly rawResults?: readonly MetricResult[];
  /** The trained networks, by role. They belong to this result and are freed by {@link dispose}. */
  readonly networks: Networks;
  /** What {@link generate} samples: the moving average where the run keeps one, or else the trained generator. */
  readonly generator: LayersModel;
  /**
   * Samples of {@link generator}.
   *
   * @param latents latents `[count, dimension]`, row-major; or how many samples to make from fresh latents, which
   *   continue a stream of their own from call to call. Of a generator that is conditioned on a class, latents with the
   *   one-hot class behind them, `[count, dimension + classes]`; or samples of the classes in turn
   */
  generate(latents: Float32Array | number): Promise<SampleBatch>;
  /** Reads the state after the last step, to go on from it later; until {@link dispose}. */
  state(): Promise<RunState>;
  /** Frees the networks and everything else that the run made. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
