import type { MetricResult } from '@dist-gan/core';

/** What a result keeps of measurements. */
export function measured(results: readonly MetricResult[]): Measured[] {
  return results.map(({ id, value, protocol, samples }) => ({ id, value, protocol, samples }));
}

type Measured = Pick<MetricResult, 'id' | 'value' | 'protocol' | 'samples'>;

/** `result.json`: the final numbers, for scripts. Numbers that JSON lacks are written as `toJson` of `@dist-gan/core` does. */
export interface RunResult {
  readonly preset: string;
  readonly seed: number;
  /** Finished training steps. */
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly executor: string;
  readonly metrics: readonly Measured[];
  /** Where there is a moving average, whose `metrics` are: those of the generator that was trained. */
  readonly rawMetrics?: readonly Measured[];
}
