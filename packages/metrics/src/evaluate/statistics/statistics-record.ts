import { DatasetFormatError, fromJson, type JsonObject } from '@dist-gan/core';
import * as v from 'valibot';
import { inFloat64, type FeatureProtocol, type Features } from '../../features/feature-matrix.js';
import { checkStatistics } from '../../features/frechet/check-statistics.js';
import type { FeatureStatistics } from '../../features/frechet/feature-moments.js';

/** What a file has beside `mu` and `sigma`; NumPy reads it as bytes, other programs pass it by. */
export const recordName = 'protocol.json';

export interface StatisticsRecord extends JsonObject {
  readonly count: number | null;
  readonly ddof: 0 | 1;
  readonly protocol: FeatureProtocol | null;
}

/** Statistics of a file's mean and covariance, and of what its record says of them. */
export function statisticsOf(
  mean: Features['data'],
  covariance: Features['data'],
  others: ReadonlyMap<string, Uint8Array>,
  file: string,
): FeatureStatistics {
  const { count, ddof = 1, protocol } = readRecord(others.get(recordName), file);
  const statistics: FeatureStatistics = {
    dimension: mean.length,
    mean: inFloat64(mean),
    covariance: inFloat64(covariance),
    ddof,
    ...(typeof count === 'number' && { count }),
    ...(protocol && { protocol }),
  };
  checkStatistics(file, statistics);
  return statistics;
}

const schema = v.object({
  count: v.nullish(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  ddof: v.optional(v.picklist([0, 1])),
  protocol: v.nullish(v.looseObject({ extractor: v.string() })),
});

function readRecord(bytes: Uint8Array | undefined, file: string): Partial<StatisticsRecord> {
  if (bytes === undefined) return {};
  try {
    return v.parse(schema, fromJson(new TextDecoder().decode(bytes))) as Partial<StatisticsRecord>;
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new DatasetFormatError(
      `${file}: ${recordName} is no record of statistics: ${reason}; make it again`,
      file,
      0,
      {
        cause,
      },
    );
  }
}
