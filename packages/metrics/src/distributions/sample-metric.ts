import type { Dataset, Metric } from '@dist-gan/core';
import type { FeatureExtractor } from '../extractors/feature-extractor.js';
import type { InceptionLayer } from '../extractors/inception/network.js';
import type { Features } from '../features/feature-matrix.js';
import type { RunOptions } from '../linear-algebra/index.js';
import type { EvaluationProtocol } from '../evaluate/protocol/evaluation-protocols.js';
import type { StatisticsCache } from '../evaluate/statistics/statistics-cache.js';

/** What metrics of a training run take from where they are made. */
export interface MetricEnvironment {
  readonly onNotice?: (message: string) => void;
  /** Hears of what must be freed when no metric is needed any more. */
  readonly onDispose?: (dispose: () => Promise<void>) => void;
  /** Makes Inception for the short ids: `InceptionNetwork` of `@dist-gan/metrics/evaluate`. */
  readonly inception?: (options: {
    readonly preparation: EvaluationProtocol['preparation'];
    readonly weights?: string;
  }) => InceptionFeatures;
  /** Keeps the statistics of real images for the next run. */
  readonly statisticsCache?: StatisticsCache;
  /** The classifier of digits in a folder, or where it is kept; undefined where none is named and none was trained. */
  readonly digitClassifier?: (folder?: string) => Promise<FeatureExtractor | undefined>;
}

/** What metrics use of Inception. */
interface InceptionFeatures {
  extractor(layer: InceptionLayer): Promise<FeatureExtractor>;
  logits(features: Features, run: RunOptions): Promise<Features>;
  dispose(): Promise<void>;
}

/** A metric of samples one after the other: of points, images, labels. What it gets of its options is not checked yet. */
export interface SampleMetric<Options = unknown> {
  readonly kind: 'samples';
  readonly id: string;
  /** One line for help. */
  readonly title: string;
  /**
   * Checks the options and reads once what it takes from the data set. Each call of the function that comes back gives a
   * metric that has seen no generated samples; there is none where the metric must be left out, which a notice says.
   *
   * @throws OptionError for bad options, and for a data set that lacks what the metric needs
   */
  create(
    options: Options | undefined,
    dataset: Dataset,
    environment: MetricEnvironment,
  ): Promise<(() => Metric) | undefined>;
}
