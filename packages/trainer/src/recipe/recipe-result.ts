import type { MetricResult, RandomStream, SampleBatch, StageTensors } from '@dist-gan/core';

export interface StageReport {
  readonly name: string;
  /** `found`: an earlier call had finished it. */
  readonly outcome: 'completed' | 'found' | 'aborted';
  /** Wall-clock seconds of all calls that worked on it. */
  readonly seconds: number;
}

export interface RecipeResult {
  /** `aborted`: the signal ended it; stages that were finished, and what the last one saved, are in the store. */
  readonly outcome: 'completed' | 'aborted';
  readonly stages: readonly StageReport[];
  /** Of the evaluation; empty without one. */
  readonly results: readonly MetricResult[];
  /** What the finished stages left. */
  readonly tensors: StageTensors;
  /** Samples of the generator for latents `[count, latentDimension]`, row-major. @throws OptionError when a stage is missing */
  readonly generate: (latents: Float32Array) => Promise<SampleBatch>;
  /** The same for latents that the recipe makes. */
  readonly sample: (count: number, random: RandomStream) => Promise<SampleBatch>;
}
