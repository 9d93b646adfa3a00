import {
  FeatureMoments,
  type EvaluationProtocol,
  type FeatureStatistics,
  type StatisticsCache,
} from '@dist-gan/metrics';
import { featureBatches, type ExtractOptions, type FeatureExtractor } from '@dist-gan/metrics/extractors';
import type { SetImages } from './image-sets.js';

export interface StatisticsOptions extends ExtractOptions {
  readonly frechetDistance: EvaluationProtocol['frechetDistance'];
  /** Keeps the statistics of data sets, so that their images pass the network once and never again. */
  readonly cache: StatisticsCache | undefined;
}

/** Mean and covariance of the features of images, which are never held together. */
export async function featureStatistics(
  network: FeatureExtractor,
  { images, description }: SetImages,
  { frechetDistance, cache, ...options }: StatisticsOptions,
): Promise<FeatureStatistics> {
  const protocol = { ...network.protocol, ...(description && { split: description }) };
  const cached = description && (await cache?.read(description.dataset, protocol));
  if (cached !== undefined && cached.ddof === (frechetDistance.ddof ?? 1)) return cached;
  const moments = new FeatureMoments(network.dimension, protocol);
  for await (const batch of featureBatches(network, images, options)) {
    await moments.update(batch, { signal: options.signal });
  }
  const statistics = await moments.statistics(frechetDistance);
  if (description) await cache?.write(description.dataset, statistics);
  return statistics;
}
