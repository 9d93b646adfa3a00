import type { MetricResult } from '@dist-gan/core';
import type * as v from 'valibot';
import type { RunOptions } from '../linear-algebra/index.js';
import type { Features, RealAndGenerated } from './feature-matrix.js';
import type { FeatureStatistics } from './frechet/feature-moments.js';
import { checkNumbers } from './run-metric.js';

type OptionsSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** What a metric must be given of each set: a mean and a covariance are enough, all features, or logits of classes. */
type Need = 'statistics' | 'features' | 'logits';

type SetsFor<Needs extends Need> = RealAndGenerated<
  Needs extends 'statistics' ? Features | FeatureStatistics : Features
>;

interface Definition<Schema extends OptionsSchema, Needs extends Need> {
  /** What its first result is called. */
  readonly id: string;
  /** One line for help. */
  readonly title: string;
  readonly options: Schema;
  readonly needs: Needs;
  /** Whether it looks at real samples, too. Default true; `real` is the generated set itself where it does not. */
  readonly compares?: boolean;
  /** Where an evaluation protocol has options for it. */
  readonly protocolOptions?: 'frechetDistance' | 'kernelDistance' | 'inceptionScore' | 'precisionRecall';
  readonly measure: (
    sets: SetsFor<Needs>,
    options: v.InferOutput<Schema>,
    run: RunOptions,
  ) => Promise<readonly MetricResult[]>;
}

/** A metric of features, as evaluations and training runs use it. */
export interface FeatureMetric extends Omit<Definition<OptionsSchema, Need>, 'measure' | 'compares'> {
  readonly kind: 'features';
  readonly compares: boolean;
  /**
   * Where its features are those of Inception: what its results are called then, by what they are called for any
   * features.
   */
  readonly inception?: Readonly<Record<string, string>>;
  /** @param options checked ones, every default filled in */
  readonly measure: (
    sets: RealAndGenerated<Features | FeatureStatistics>,
    options: unknown,
    run: RunOptions,
  ) => Promise<readonly MetricResult[]>;
}

/** Defines a metric of features. */
export function featureMetric<Schema extends OptionsSchema, Needs extends Need>({
  compares = true,
  measure,
  ...definition
}: Definition<Schema, Needs>): FeatureMetric {
  return {
    ...definition,
    kind: 'features',
    compares,
    async measure(sets, options, run) {
      const results = await measure(sets as SetsFor<Needs>, options as v.InferOutput<Schema>, run);
      checkNumbers(results);
      return results;
    },
  };
}

/**
 * The same metric of Inception's features alone: a number with the name by which it is published.
 *
 * @param names of its results, by those of any features; those that are missing stay
 */
export function ofInception(
  metric: FeatureMetric,
  id: string,
  names: Readonly<Record<string, string>> = {},
): FeatureMetric {
  return { ...metric, id, inception: names };
}
