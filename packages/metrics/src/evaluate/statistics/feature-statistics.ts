import type { FeatureExtractor } from '../../extractors/feature-extractor.js';
import { featureBatches, type ImageSource } from '../../extractors/extract-dataset.js';
import type { FeatureProtocol } from '../../features/feature-matrix.js';
import { FeatureMoments, type FeatureStatistics } from '../../features/frechet/feature-moments.js';
import type { RunOptions } from '../../linear-algebra/index.js';
import { imagesDigest } from '../sets/images-digest.js';
import type { StatisticsCache, StatisticsKey } from './statistics-cache.js';

export interface FeatureStatisticsOptions extends RunOptions {
  readonly ddof?: 0 | 1;
  /** Which images of what they are, for results. */
  readonly split?: FeatureProtocol['split'];
  /** Keeps the statistics, so that the same images pass the same network once and never again. */
  readonly cache?: StatisticsCache;
  /** Hears of what failed and did no harm to the numbers. */
  readonly onNotice?: (message: string) => void;
}

/** Mean and covariance of the features of images, which are never held together. */
export async function featureStatistics(
  extractor: FeatureExtractor,
  images: ImageSource,
  { ddof = 1, split, cache, onNotice, ...run }: FeatureStatisticsOptions = {},
): Promise<FeatureStatistics> {
  const protocol = { ...extractor.protocol, ...(split !== undefined && { split }) };
  const key = cache && (await keyOf(extractor, images, ddof, run.signal));
  const kept = key && (await cache?.read(key));
  if (kept) return { ...kept, protocol };
  const moments = new FeatureMoments(extractor.dimension, protocol);
  for await (const batch of featureBatches(extractor, images, run)) {
    await moments.update(batch, { signal: run.signal, engine: run.engine });
  }
  const statistics = await moments.statistics({ ddof, signal: run.signal, engine: run.engine });
  if (key) await cache?.write(key, statistics).catch((error: Error) => onNotice?.(error.message));
  return statistics;
}

/** The key of what is kept; none for an extractor that does not say what it is. */
async function keyOf(
  { fingerprint }: FeatureExtractor,
  images: ImageSource,
  ddof: 0 | 1,
  signal: AbortSignal | undefined,
): Promise<StatisticsKey | undefined> {
  if (fingerprint === undefined) return undefined;
  return { images: await imagesDigest(images, signal), count: images.size, extractor: fingerprint, ddof };
}
