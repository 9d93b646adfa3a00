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
    run: ({ features }, { kernelDistance: options }, run) =>
      kernelDistance(features!, { ...options, ...run }),
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
