import {
  resolveOptions,
  type JsonObject,
  type Metric,
  type MetricResult,
  type SampleBatch,
} from '@dist-gan/core';
import type * as v from 'valibot';
import { featuresOf, type FeatureProtocol } from '../feature-matrix.js';
import { mergeableProtocol } from '../../distributions/mergeable.js';
import { checkSamples, needSamples } from '../../distributions/samples.js';
import { distanceOfStatistics, frechetSchema, type FrechetOptions } from './frechet-distance.js';
import { FeatureMoments, type FeatureStatistics } from './feature-moments.js';

/**
 * The Fréchet distance of a stream of generated samples, or of their features, to given statistics: see
 * `frechetDistance`. It keeps sums, not samples.
 */
export class FrechetMetric implements Metric {
  readonly id = 'frechet-distance';
  readonly protocol: JsonObject;
  private readonly options: v.InferOutput<typeof frechetSchema>;
  private readonly moments: FeatureMoments;

  /** @throws OptionError for bad options */
  constructor(
    private readonly real: FeatureStatistics,
    options?: FrechetOptions,
  ) {
    this.options = resolveOptions(frechetSchema, options, this.id);
    this.protocol = { metric: this.id, ...this.options };
    this.moments = new FeatureMoments(real.dimension, withoutSplit(real.protocol));
  }

  /** @throws ShapeError, NonFiniteError; then nothing of the batch is counted */
  async update(samples: SampleBatch): Promise<void> {
    checkSamples(this.id, samples);
    await this.moments.update(featuresOf(samples));
  }

  /** Adds what another metric with the same options has seen. */
  async merge(other: FrechetMetric): Promise<void> {
    mergeableProtocol(this.id, this.options, other.options);
    await this.moments.merge(other.moments);
  }

  async results(): Promise<readonly MetricResult[]> {
    needSamples(this.id, this.moments.count);
    const generated = await this.moments.statistics(this.options);
    return [await distanceOfStatistics({ real: this.real, generated }, {})];
  }
}

/** Generated features are made as the real ones are, but of other images. */
function withoutSplit(protocol: FeatureProtocol | undefined): FeatureProtocol | undefined {
  if (protocol === undefined) return undefined;
  const { split: _, ...made } = protocol;
  return made;
}
