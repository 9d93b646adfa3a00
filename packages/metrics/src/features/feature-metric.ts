import type { MetricResult } from '@dist-gan/core';
import type * as v from 'valibot';
import type { RunOptions } from '../linear-algebra/index.js';
import type { Features, RealAndGenerated } from './feature-matrix.js';
import type { FeatureStatistics } from './frechet/feature-moments.js';
import { checkNumbers } from './run-metric.js';

type OptionsSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** What a metric must be given of each set: a mean and a covariance are enough, all features, or logits of classes. */
export type Need = 'statistics' | 'features' | 'logits';

type SetsFor<Needs extends Need> = RealAndGenerated<
  Needs extends 'statistics' ? Features | FeatureStatistics : Features
>;

interface Definition<Schema extends OptionsSchema, Needs extends Need, Compares extends boolean> {
  /** What its first result is called. */
  readonly id: string;
  /** One line for help. */
  readonly title: string;
  readonly options: Schema;
  readonly needs: Needs;
  /** Whether it looks at real samples, too. Default true; `real` is the generated set itself where it does not. */
  readonly compares?: Compares;
  /** Where an evaluation protocol has options for it. */
  readonly protocolOptions?: 'frechetDistance' | 'kernelDistance' | 'inceptionScore' | 'precisionRecall';
  readonly measure: (
    sets: SetsFor<Needs>,
    options: v.InferOutput<Schema>,
    run: RunOptions,
  ) => Promise<readonly MetricResult[]>;
}

/** A metric of features, as evaluations and training runs use it. */
export interface FeatureMetric<
  Schema extends OptionsSchema = OptionsSchema,
  Needs extends Need = Need,
  Compares extends boolean = boolean,
> extends Omit<Definition<Schema, Needs, Compares>, 'measure' | 'compares'> {
  readonly kind: 'features';
  readonly compares: Compares;
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
export function featureMetric<
  Schema extends OptionsSchema,
  Needs extends Need,
  Compares extends boolean = true,
>({
  compares = true as Compares,
  measure,
  ...definition
}: Definition<Schema, Needs, Compares>): FeatureMetric<Schema, Needs, Compares> {
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
export function ofInception<Defined extends FeatureMetric>(
  metric: Defined,
  id: string,
  names: Readonly<Record<string, string>> = {},
): Defined & Required<Pick<FeatureMetric, 'inception'>> {
  return { ...metric, id, inception: names };
}
