import { OptionError, positive, resolveOptions, type Dataset, type Metric } from '@dist-gan/core';
import * as v from 'valibot';
import { countingRules, modeCoverage } from './mode-coverage.js';
import type { SampleMetric } from './sample-metric.js';

/** What a data set with known modes says of them, as `@dist-gan/datasets` does. */
interface KnownModes {
  readonly centres: readonly (readonly number[])[];
  readonly standardDeviation: number;
  readonly registrationRadius: number;
}

const schema = v.strictObject({
  ...countingRules,
  /** The radius in standard deviations of a mode. Default: the data set's registration radius. */
  standardDeviations: v.optional(positive),
});

export interface TrainingModeCoverageOptions extends v.InferInput<typeof schema> {}

/** All numbers about the modes of a mixture, in one pass. */
export const modeCoverageMetric: SampleMetric<TrainingModeCoverageOptions> = {
  kind: 'samples',
  id: 'mode-coverage',
  title: 'modes covered by generated points, and how evenly',
  create: async (options, dataset) => modeCoverageOf('mode-coverage', options, dataset),
};

/** One of the numbers of `mode-coverage`, by its id. */
export function modeCoverageNumber(id: string): SampleMetric<TrainingModeCoverageOptions> {
  return {
    kind: 'samples',
    id,
    title: `${id} of the modes of a mixture`,
    async create(options, dataset) {
      const make = modeCoverageOf(id, options, dataset);
      return () => {
        const metric = make();
        return {
          id,
          protocol: metric.protocol,
          update: (samples) => metric.update(samples),
          results: async () => (await metric.results()).filter((result) => result.id === id),
        };
      };
    },
  };
}

function modeCoverageOf(id: string, options: unknown, dataset: Dataset): () => Metric {
  const { standardDeviations, ...rules } = resolveOptions(schema, options, id);
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
  const { standardDeviation } = mixture;
  const centres = mixture.centres.map((centre) => [...centre]);
  const make = () => modeCoverage({ ...rules, centres, radius, standardDeviation });
  make();
  return make;
}
