import type { JsonObject, Metric, MetricResult, SampleBatch } from '@dist-gan/core';
import type { Sampler } from './sampler.js';

/** Samples from fixed latents, and what the metrics say about them. */
export interface Evaluation {
  readonly samples: SampleBatch;
  readonly results: readonly MetricResult[];
}

/**
 * @param metrics fresh ones: a metric that has seen samples keeps them
 * @param protocol what every result's protocol says beside the metric's own
 */
export async function evaluate(
  sample: Sampler,
  latents: Float32Array,
  metrics: readonly Metric[],
  protocol: JsonObject = {},
): Promise<Evaluation> {
  const samples = await sample(latents);
  const results = (await resultsOf(metrics, samples)).map((result) => ({
    ...result,
    protocol: { ...result.protocol, ...protocol },
  }));
  return { samples, results };
}

/** What fresh metrics say about samples. */
export async function resultsOf(metrics: readonly Metric[], samples: SampleBatch): Promise<MetricResult[]> {
  const results: MetricResult[] = [];
  for (const metric of metrics) {
    await metric.update(samples);
    results.push(...(await metric.results()));
  }
  return results;
}
