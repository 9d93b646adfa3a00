import { ShapeError, type Metric, type JsonObject, type SampleBatch } from '@dist-gan/core';
import type { FeatureExtractor } from '../extractors/feature-extractor.js';
import { labelHistogram, type LabelHistogramOptions } from './label-histogram.js';
import { quantizeImages } from '../extractors/images/quantize.js';
import { classifyChannels } from '../extractors/classifiers/classify-channels.js';

export interface LabelMetricOptions extends Pick<LabelHistogramOptions, 'minimumCount'> {
  /** A network of images of one channel whose features are one logit a class. Stays the caller's. */
  readonly classifier: FeatureExtractor;
  /** Channels of the images. Each is classified by itself, so that there are classes^channels labels. Default 1. */
  readonly channels?: number;
  /** Range of the samples' values. Default `[0, 1]`. */
  readonly range?: readonly [low: number, high: number];
  /** What the labels are compared with; default: all labels equally often. */
  readonly reference?: {
    /** How often each label occurs. */
    readonly counts: readonly number[];
    /** What it is, for the protocol: `labels of mnist`. */
    readonly name: string;
  };
}

/**
 * Which classes generated images fall into, by a classifier: the KL of MNIST's ten digits, and the modes and the KL of
 * MNIST-1K, whose three channels are a digit each. Results as those of `labelHistogram`.
 *
 * Images are rounded to bytes and nothing else; every label has a bin of its own. (The code of the authors writes JPEG
 * files, and stretches the bins where the first or the last label does not occur: github.com/tntrung/msgan, eval.py.)
 *
 * @throws (from `update`) ShapeError, NonFiniteError, OptionError for samples that are no such images
 */
export function labelMetric({
  classifier,
  channels = 1,
  range,
  reference,
  minimumCount,
}: LabelMetricOptions): Metric {
  const histogram = labelHistogram({
    classes: classifier.dimension ** channels,
    ...(reference !== undefined && { reference: [...reference.counts] }),
    ...(minimumCount !== undefined && { minimumCount }),
  });
  const how: JsonObject = {
    classifier: classifier.protocol,
    ...(reference !== undefined && { reference: reference.name }),
  };
  return {
    id: histogram.id,
    protocol: { ...histogram.protocol, ...how },
    async update(samples: SampleBatch) {
      checkChannels(samples, channels);
      histogram.update(await classifyChannels(classifier, quantizeImages(samples, range)));
    },
    async results() {
      return histogram.results().map((result) => ({ ...result, protocol: { ...result.protocol, ...how } }));
    },
  };
}

function checkChannels({ sampleShape }: SampleBatch, channels: number): void {
  if (sampleShape.length === 3 && sampleShape[2] === channels) return;
  throw new ShapeError(
    `label-histogram: wanted images with ${channels} channel${channels === 1 ? '' : 's'}, got samples of shape ` +
      `[${sampleShape.join(', ')}]; set channels to what they have`,
    'sampleShape',
    sampleShape,
    `[height, width, ${channels}]`,
  );
}
