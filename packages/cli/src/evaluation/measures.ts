import { OptionError, UnknownItemError, type MetricResult } from '@dist-gan/core';
import {
  authenticPercentage,
  frechetDistance,
  frechetDistanceAtInfinity,
  inceptionScore,
  kernelDistance,
  precisionRecall,
  precisionRecallDensityCoverage,
  vendiScore,
  type EvaluationProtocol,
  type Features,
  type FeatureStatistics,
  type KernelOptions,
  type RealAndGenerated,
  type RunOptions,
} from '@dist-gan/metrics';

/** What a metric of the command line measures. */
export interface Measure {
  /** What it must have of both sets: `statistics` are enough, all `features`, or the `logits` of generated images. */
  readonly needs: 'statistics' | 'features' | 'logits';
  readonly description: string;
  run(
    sets: MeasuredSets,
    protocol: EvaluationProtocol,
    options: RunOptions,
  ): Promise<readonly MetricResult[]>;
}

export interface MeasuredSets {
  readonly statistics?: RealAndGenerated<Features | FeatureStatistics>;
  readonly features?: RealAndGenerated;
  readonly logits?: Features;
}

const one = async (result: Promise<MetricResult>) => [await result];

/** Of fewer samples than a subset has, all at once, which the protocol and a warning say. */
async function kernelDistanceOf(
  sets: RealAndGenerated,
  options: KernelOptions = {},
  run: RunOptions,
): Promise<MetricResult[]> {
  const fewest = Math.min(
    ...[sets.real, sets.generated].map(({ data, dimension }) => data.length / dimension),
  );
  const { subsetSize = 1000 } = options;
  if (fewest >= subsetSize) return kernelDistance(sets, { ...options, ...run });
  const warning =
    `${fewest} samples make no subsets of ${subsetSize}: the kernel distance is that of all samples at once, not the ` +
    "protocol's";
  const results = await kernelDistance(sets, { sampling: 'all', ...run });
  return results.map((result) => ({ ...result, warnings: [...result.warnings, warning] }));
}

/** The metrics of `--metrics`, by their names there. */
export const measures = {
  fid: {
    needs: 'statistics',
    description: 'Fréchet distance',
    run: ({ statistics }, { frechetDistance: options }, run) =>
      one(frechetDistance(statistics!, { ...options, ...run })),
  },
  'fid-infinity': {
    needs: 'features',
    description: 'Fréchet distance, extrapolated to infinitely many samples',
    run: ({ features }, _, run) => one(frechetDistanceAtInfinity(features!, run)),
  },
  kid: {
    needs: 'features',
    description: 'kernel distance',
    run: ({ features }, { kernelDistance: options }, run) => kernelDistanceOf(features!, options, run),
  },
  pr: {
    needs: 'features',
    description: 'precision and recall',
    run: ({ features }, { precisionRecall: options }, run) =>
      precisionRecall(features!, { ...options, ...run }),
  },
  prdc: {
    needs: 'features',
    description: 'precision, recall, density and coverage',
    run: ({ features }, _, run) => precisionRecallDensityCoverage(features!, run),
  },
  vendi: {
    needs: 'features',
    description: 'Vendi score of the generated samples',
    run: ({ features }, _, run) => one(vendiScore(features!.generated, run)),
  },
  authpct: {
    needs: 'features',
    description: 'share of generated samples that are no copies',
    run: ({ features }, _, run) => one(authenticPercentage(features!, run)),
  },
  is: {
    needs: 'logits',
    description: 'Inception Score of the generated samples',
    run: ({ logits }, { inceptionScore: options }, run) => inceptionScore(logits!, { ...options, ...run }),
  },
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof measures;

/** The metrics of a list with commas. @throws UnknownItemError naming the nearest */
export function readMeasures(list: string): MeasureId[] {
  const ids = list
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  for (const id of ids) {
    if (!Object.hasOwn(measures, id)) throw new UnknownItemError('metric', id, Object.keys(measures));
  }
  if (ids.length === 0) {
    throw new OptionError('--metrics needs at least one metric, for instance fid,kid', '--metrics', list);
  }
  return [...new Set(ids)] as MeasureId[];
}
