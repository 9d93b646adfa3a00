import { OptionError, type MetricResult } from '@dist-gan/core';
import {
  FeatureMoments,
  type EvaluationProtocol,
  type Features,
  type FeatureStatistics,
  type RealAndGenerated,
} from '@dist-gan/metrics';
import { extractAll, featureBatches, type FeatureExtractor } from '@dist-gan/metrics/features';
import type { InceptionLayer } from '@dist-gan/metrics/inception';
import type { EvaluatedSet } from './image-sets.js';
import { measures, type MeasuredSets, type Measure, type MeasureId } from './measures.js';
import type { StageProgress } from './stage-progress.js';

export interface EvaluationRequest {
  readonly generated: EvaluatedSet;
  /** Absent where no metric compares. */
  readonly real?: EvaluatedSet;
  readonly metrics: readonly MeasureId[];
  readonly protocol: EvaluationProtocol;
  /** The layer for all but logits. */
  readonly layer: InceptionLayer;
  /** Makes the network for a layer; called only when there are images to see. */
  readonly extractor: (layer: InceptionLayer) => Promise<FeatureExtractor>;
  readonly progress: StageProgress;
  readonly signal: AbortSignal;
}

/** Measures two sets: each image passes the network once, twice where logits are asked for. */
export async function evaluateSets(request: EvaluationRequest): Promise<MetricResult[]> {
  const { metrics, protocol, progress, signal } = request;
  const sets = await measuredSets(request);
  const results: MetricResult[] = [];
  for (const id of metrics) {
    const measure: Measure = measures[id];
    const onProgress = progress.stage(measure.description);
    results.push(...(await measure.run(sets, protocol, { onProgress, signal })));
  }
  return results;
}

async function measuredSets(request: EvaluationRequest): Promise<MeasuredSets> {
  const { metrics, generated, real, layer } = request;
  const needs = new Set(metrics.map((id) => measures[id].needs));
  const alone = metrics.every((id) => id === 'is' || id === 'vendi');
  if (real === undefined && !alone) {
    throw new OptionError(
      `--metrics ${metrics.join(',')} compares with real samples; name them with --against`,
      '--against',
      undefined,
    );
  }
  const sets: { -readonly [Key in keyof MeasuredSets]: MeasuredSets[Key] } = {};
  if (needs.has('features')) {
    sets.features = await pair(request, (set) => featuresOf(request, set, layer));
    sets.statistics = sets.features;
  } else if (needs.has('statistics')) {
    sets.statistics = await pair(request, (set) => statisticsOf(request, set));
  }
  if (needs.has('logits')) sets.logits = await featuresOf(request, generated, 'logits_unbiased');
  return sets;
}

async function pair<Value>(
  { real, generated }: EvaluationRequest,
  measure: (set: EvaluatedSet) => Promise<Value>,
): Promise<RealAndGenerated<Value>> {
  const measured = await measure(generated);
  // A metric of the generated samples alone never looks at the real ones.
  return { generated: measured, real: real === undefined ? measured : await measure(real) };
}

/** All feature vectors of a set. */
async function featuresOf(
  { extractor, progress, signal }: EvaluationRequest,
  { name, images, features, statistics }: EvaluatedSet,
  layer: InceptionLayer,
): Promise<Features> {
  if (features !== undefined && layer !== 'logits_unbiased') return features;
  if (images === undefined) {
    throw new OptionError(
      `${name} holds ${statistics === undefined ? 'features' : 'a mean and a covariance'}, which is not enough for every ` +
        'metric that was asked for; give the pictures, or ask for fid alone',
      name,
      name,
    );
  }
  return withExtractor(extractor, layer, (network) => {
    const onProgress = progress.stage(`${name}: features of ${images.size} images`, images.size);
    return extractAll(network, images, { onProgress, signal });
  });
}

/** Mean and covariance of a set; its features are never held together. */
async function statisticsOf(
  request: EvaluationRequest,
  set: EvaluatedSet,
): Promise<Features | FeatureStatistics> {
  const { name, images, features, statistics } = set;
  if (statistics !== undefined) return statistics;
  if (features !== undefined) return features;
  const { extractor, progress, signal, layer, protocol } = request;
  return withExtractor(extractor, layer, async (network) => {
    const onProgress = progress.stage(`${name}: features of ${images!.size} images`, images!.size);
    const moments = new FeatureMoments(network.dimension, network.protocol);
    for await (const batch of featureBatches(network, images!, { onProgress, signal })) moments.update(batch);
    return moments.statistics(protocol.frechetDistance);
  });
}

async function withExtractor<Value>(
  make: EvaluationRequest['extractor'],
  layer: InceptionLayer,
  use: (network: FeatureExtractor) => Promise<Value>,
): Promise<Value> {
  const network = await make(layer);
  try {
    return await use(network);
  } finally {
    await network.dispose();
  }
}
