import type { Metric, SampleBatch } from '@dist-gan/core';
import { quantizeImages } from './images/quantize.js';
import type { FeatureExtractor } from './feature-extractor.js';

export interface ImageMetricOptions {
  /** Stays the caller's: many evaluations share it. */
  readonly extractor: FeatureExtractor;
  /** A metric of features that has seen none, for instance `new FrechetMetric(statisticsOfRealImages)`. */
  readonly metric: Metric;
  /** Range of the samples' values. Default `[0, 1]`. */
  readonly range?: readonly [low: number, high: number];
}

/**
 * A metric of generated images, for evaluations while a GAN trains: rounds samples to bytes, extracts their features
 * and hands these to a metric of features. The protocol of the results says how.
 *
 * @throws (from `update`) ShapeError, NonFiniteError, OptionError for samples that are no images of the range
 */
export function imageMetric({ extractor, metric, range }: ImageMetricOptions): Metric {
  const how = { features: extractor.protocol };
  return {
    id: metric.id,
    protocol: { ...metric.protocol, ...how },
    async update(samples: SampleBatch) {
      const { data, dimension } = await extractor.extract(quantizeImages(samples, range));
      await metric.update({ data: Float32Array.from(data), count: samples.count, sampleShape: [dimension] });
    },
    async results() {
      return (await metric.results()).map((result) => ({
        ...result,
        protocol: { ...result.protocol, ...how },
      }));
    },
  };
}
