import { toJson } from '@dist-gan/core';
import { writeNpy, writeZip } from '@dist-gan/datasets/files';
import type { Features } from '../../features/feature-matrix.js';
import { checkStatistics } from '../../features/frechet/check-statistics.js';
import type { FeatureStatistics } from '../../features/frechet/feature-moments.js';
import { readNpzSet } from './npz-set.js';
import { recordName, type StatisticsRecord } from './statistics-record.js';

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
