import type { AsyncMetric, Metric, MetricResult, SampleBatch } from '@dist-gan/core';
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
  metrics: readonly (Metric | AsyncMetric)[],
): Promise<Evaluation> {
  const samples = await sample(latents);
  const results: MetricResult[] = [];
  for (const metric of metrics) {
    await metric.update(samples);
    results.push(...(await metric.results()));
  }
  return { samples, results };
}
