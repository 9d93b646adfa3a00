import { OptionError, type MetricResult } from '@dist-gan/core';
import type {
  EvaluationProtocol,
  Features,
  FeatureStatistics,
  RealAndGenerated,
  StatisticsCache,
} from '@dist-gan/metrics';
import { extractAll } from '@dist-gan/metrics/extractors';
import type { InceptionLayer } from '@dist-gan/metrics/inception';
import { featureStatistics } from './feature-statistics.js';
import type { EvaluatedSet, SetImages } from './image-sets.js';
import type { InceptionNetwork } from './inception-network.js';
import { measures, type MeasuredSets, type Measure, type MeasureId } from './measures.js';
import type { StageProgress } from './stage-progress.js';
import { wholeBatches } from './whole-batches.js';

export interface EvaluationRequest {
  readonly generated: EvaluatedSet;
  /** Absent where no metric compares. */
  readonly real?: EvaluatedSet;
  readonly metrics: readonly MeasureId[];
  readonly protocol: EvaluationProtocol;
  /** The layer for all but logits. */
  readonly layer: InceptionLayer;
  /** Compiled only when there are images to see. */
  readonly network: Pick<InceptionNetwork, 'extractor' | 'logits'>;
  /** Where the statistics of data sets are kept; looked at when no metric needs more than statistics. */
  readonly cache: StatisticsCache | undefined;
  readonly progress: StageProgress;
  readonly signal: AbortSignal;
}

/**
 * Measures two sets. Each image passes the network once: logits are a product of the features of layer 2048. Where the
 * features are of another layer, logits take a pass of their own.
 */
export async function evaluateSets(request: EvaluationRequest): Promise<MetricResult[]> {
  const { metrics, protocol, progress, signal } = request;
  const sets = await measuredSets(request);
  const results: MetricResult[] = [];
  for (const id of metrics) {
    const measure: Measure = measures[id];
    const onProgress = progress.stage(measure.description);
    results.push(...(await measure.run(sets, protocol, { onProgress, signal })));
  }
  return results.map((result) => ({ ...result, protocol: { name: protocol.id, ...result.protocol } }));
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
  const held = new Map<EvaluatedSet, Features>();
  const features = async (set: EvaluatedSet) => {
    const found = held.get(set) ?? (await featuresOf(request, set, layer));
    held.set(set, found);
    return found;
  };
  if (needs.has('logits')) {
    const onProgress = request.progress.stage('logits of the features');
    sets.logits =
      layer === '2048'
        ? await request.network.logits(await features(generated), { onProgress, signal: request.signal })
        : await featuresOf(request, generated, 'logits_unbiased');
  }
  if (needs.has('features')) {
    sets.features = await pair(request, features);
    sets.statistics = sets.features;
  } else if (needs.has('statistics')) {
    sets.statistics = await pair(request, async (set) => held.get(set) ?? (await statisticsOf(request, set)));
  }
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
  { network, protocol, progress, signal }: EvaluationRequest,
  { name, images, description, features, statistics }: EvaluatedSet,
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
  const used = imagesOf(protocol, images);
  const onProgress = progress.stage(`${name}: features of ${used.size} images`, used.size);
  const extracted = await extractAll(await network.extractor(layer), used, { onProgress, signal });
  return {
    ...extracted,
    protocol: { ...extracted.protocol!, ...(description && { split: description }) },
  };
}

/** Mean and covariance of a set; its features are never held together. */
async function statisticsOf(
  { network, protocol, layer, cache, progress, signal }: EvaluationRequest,
  { name, images, description, features, statistics }: EvaluatedSet,
): Promise<Features | FeatureStatistics> {
  const known = statistics ?? features;
  if (known !== undefined) return known;
  const used: SetImages = { images: imagesOf(protocol, images!), ...(description && { description }) };
  const onProgress = progress.stage(`${name}: features of ${used.images.size} images`, used.images.size);
  const { frechetDistance } = protocol;
  const extractor = await network.extractor(layer);
  return featureStatistics(extractor, used, { frechetDistance, cache, onProgress, signal });
}

/** The images that a protocol's program looks at. */
function imagesOf({ partialBatch }: EvaluationProtocol, images: SetImages['images']): SetImages['images'] {
  return partialBatch === 'dropped' ? wholeBatches(images) : images;
}
