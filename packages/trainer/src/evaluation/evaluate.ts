import type { Metric, MetricResult, SampleBatch } from '@dist-gan/core';
import type { Sampler } from './sampler.js';

/** Samples from fixed latents, and what the metrics say about them. */
export interface Evaluation {
  readonly samples: SampleBatch;
  readonly results: readonly MetricResult[];
}

/** @param metrics fresh ones: a metric that has seen samples keeps them */
export async function evaluate(
  sample: Sampler,
  latents: Float32Array,
  metrics: readonly Metric[],
): Promise<Evaluation> {
  const samples = await sample(latents);
  for (const metric of metrics) metric.update(samples);
  return { samples, results: metrics.flatMap((metric) => metric.results()) };
}
