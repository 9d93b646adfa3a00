import {
  OptionError,
  positive,
  resolveOptions,
  type Dataset,
  type Metric,
  type MetricResult,
} from '@dist-gan/core';
import * as v from 'valibot';
import { meanDensityKl, type MeanDensityKlOptions } from '../../distributions/mean-density-kl.js';
import { featureMetrics } from './feature-metrics.js';
import { countingRules, modeCoverage } from '../../distributions/mode-coverage.js';
import { realSamples } from './real-samples.js';

/**
 * Makes a metric that measures generated samples against a data set. What it takes from the data set is
 * read once; each call of the function that comes back gives a metric that has seen no generated samples.
 *
 * @throws OptionError for bad options, and for a data set that lacks what the metric needs
 */
export type MetricMaker<Made = Metric> = (options: unknown, dataset: Dataset) => Promise<() => Made>;

/**
 * Every metric of samples by its id, for config files and command lines. `mode-coverage` gives all numbers
 * about modes in one pass; the ids of those numbers give each by itself.
 */
export const metrics = {
  'mode-coverage': async (options, dataset) => modeCoverageOf(options, dataset),
  'modes-covered': one('modes-covered'),
  'registered-points': one('registered-points'),
  'high-quality-share': one('high-quality-share'),
  'total-variation': one('total-variation'),
  'nearest-total-variation': one('nearest-total-variation'),
  entropy: one('entropy'),
  'kl-divergence': one('kl-divergence'),
  'reverse-kl-divergence': one('reverse-kl-divergence'),
  'jensen-shannon-divergence': one('jensen-shannon-divergence'),
  'mean-density-kl': meanDensityKlOf,
  ...featureMetrics,
} as const satisfies Record<string, MetricMaker>;

/** What a data set with known modes says of them, as `@dist-gan/datasets` does. */
interface KnownModes {
  readonly centres: readonly (readonly number[])[];
  readonly standardDeviation: number;
  readonly registrationRadius: number;
}

const modeSchema = v.strictObject({
  ...countingRules,
  /** The radius in standard deviations of a mode. Default: the data set's registration radius. */
  standardDeviations: v.optional(positive),
});

function modeCoverageOf(options: unknown, dataset: Dataset, id = 'mode-coverage'): () => Metric {
  const { standardDeviations, ...rules } = resolveOptions(modeSchema, options, id);
  const { mixture } = dataset as { mixture?: KnownModes };
  if (mixture === undefined) {
    throw new OptionError(
      `metric ${id} needs a data set with known modes, and ${dataset.id} has none; ` +
        'take a Gaussian mixture or another metric',
      'metrics',
      id,
    );
  }
  const radius =
    standardDeviations === undefined
      ? mixture.registrationRadius
      : standardDeviations * mixture.standardDeviation;
  const centres = mixture.centres.map((centre) => [...centre]);
  const make = () => modeCoverage({ ...rules, centres, radius });
  make();
  return make;
}

/** One of the numbers of `mode-coverage`. */
function one(id: string): MetricMaker {
  return async (options, dataset) => {
    const make = modeCoverageOf(options, dataset, id);
    return () => onlyResult(make(), id);
  };
}

function onlyResult(metric: Metric, id: string): Metric {
  return {
    id,
    protocol: metric.protocol,
    update: (samples) => metric.update(samples),
    results: async () => (await metric.results()).filter((result: MetricResult) => result.id === id),
  };
}

async function meanDensityKlOf(options: unknown, dataset: Dataset): Promise<() => Metric> {
  const given = options as MeanDensityKlOptions | undefined;
  const real = meanDensityKl(given);
  for await (const samples of realSamples(dataset)) real.updateReal(samples);
  return () => {
    const metric = meanDensityKl(given);
    metric.merge(real);
    return metric;
  };
}
