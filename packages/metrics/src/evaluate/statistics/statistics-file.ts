import { DatasetFormatError, fromJson, toJson, type JsonObject } from '@dist-gan/core';
import { writeNpy, writeZip } from '@dist-gan/datasets/files';
import { inFloat64, type FeatureProtocol, type Features } from '../../features/feature-matrix.js';
import { checkStatistics } from '../../features/frechet/check-statistics.js';
import type { FeatureStatistics } from '../../features/frechet/feature-moments.js';
import { readNpzSet } from './npz-set.js';

/** What a file has beside `mu` and `sigma`; NumPy reads it as bytes, other programs pass it by. */
const recordName = 'protocol.json';

interface StatisticsRecord extends JsonObject {
  readonly count: number | null;
  readonly ddof: 0 | 1;
  readonly protocol: FeatureProtocol | null;
}

/**
 * The `.npz` file of a mean and a covariance, as pytorch-fid, clean-fid and TTUR read it: arrays `mu` and `sigma`
 * in float64. Count, ddof and protocol of the features are in it, too.
 *
 * @throws ShapeError, NonFiniteError when these are no statistics
 */
export async function writeStatistics(statistics: FeatureStatistics): Promise<Uint8Array> {
  checkStatistics('writeStatistics', statistics);
  const { dimension, mean, covariance, count, ddof, protocol } = statistics;
  const record: StatisticsRecord = { count: count ?? null, ddof, protocol: protocol ?? null };
  return writeZip(
    new Map([
      ['mu.npy', writeNpy({ shape: [dimension], data: mean })],
      ['sigma.npy', writeNpy({ shape: [dimension, dimension], data: covariance })],
      [recordName, new TextEncoder().encode(toJson(record))],
    ]),
  );
}

/**
 * Reads the statistics of `writeStatistics`, pytorch-fid, clean-fid or TTUR: arrays `mu` and `sigma`. Of files that do
 * not say it, the count is not known and ddof is 1, which all of them use.
 *
 * @param file what the file is called in messages
 * @throws DatasetFormatError when it is no such file, or damaged; ShapeError, NonFiniteError, OptionError for impossible
 * numbers
 */
export async function readStatistics(bytes: Uint8Array, file = 'statistics'): Promise<FeatureStatistics> {
  const set = await readNpzSet(bytes, file, { as: 'statistics' });
  return (set as Extract<typeof set, { kind: 'statistics' }>).statistics;
}

/**
 * Reads feature vectors from an `.npz` file: the array `feats` (clean-fid's statistics for KID) or `features`, of
 * [count, dimension].
 *
 * @throws DatasetFormatError when there is no such array, or the file is damaged
 */
export async function readFeatures(bytes: Uint8Array, file = 'features'): Promise<Features> {
  const set = await readNpzSet(bytes, file, { as: 'features' });
  return (set as Extract<typeof set, { kind: 'features' }>).features;
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

function readRecord(bytes: Uint8Array | undefined, file: string): Partial<StatisticsRecord> {
  if (bytes === undefined) return {};
  try {
    return fromJson(new TextDecoder().decode(bytes)) as StatisticsRecord;
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new DatasetFormatError(`${file}: ${recordName} is not JSON: ${reason}; make it again`, file, 0, {
      cause,
    });
  }
}
