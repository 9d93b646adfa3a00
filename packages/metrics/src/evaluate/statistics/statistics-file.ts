import { DatasetFormatError, fromJson, toJson, type JsonObject } from '@dist-gan/core';
import { readNpz, writeNpy, writeZip } from '@dist-gan/datasets/files';
import type { FeatureProtocol, Features } from '../../features/feature-matrix.js';
import { checkStatistics } from '../../features/frechet/check-statistics.js';
import type { FeatureStatistics } from '../../features/frechet/feature-moments.js';
import { inFloat64 } from '../../features/feature-matrix.js';

/** What a file has beside `mu` and `sigma`; NumPy reads it as bytes, other programs pass it by. */
const recordName = 'protocol.json';

interface FloatArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

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
 * Reads the statistics of `writeStatistics`, pytorch-fid, clean-fid or TTUR. Of files that do not say it, the count is
 * not known and ddof is 1, which all of them use.
 *
 * @param file what the file is called in messages
 * @throws DatasetFormatError when it is no such file, or damaged; ShapeError, NonFiniteError for impossible numbers
 */
export async function readStatistics(bytes: Uint8Array, file = 'statistics'): Promise<FeatureStatistics> {
  const { arrays, record } = await readArrays(bytes, file);
  const [mean, covariance] = ['mu', 'sigma'].map((name) => arrays.get(name));
  if (mean === undefined || covariance === undefined) {
    throw new DatasetFormatError(
      `${file}: statistics are the arrays mu and sigma, this file has ${[...arrays.keys()].join(', ') || 'none'}`,
      file,
      0,
    );
  }
  const { count, ddof = 1, protocol } = record ?? {};
  const statistics: FeatureStatistics = {
    dimension: mean.data.length,
    mean: inFloat64(mean.data),
    covariance: inFloat64(covariance.data),
    ddof,
    ...(typeof count === 'number' && { count }),
    ...(protocol && { protocol }),
  };
  checkStatistics(file, statistics);
  return statistics;
}

/**
 * Reads feature vectors from an `.npz` file: the array `feats` of clean-fid's statistics for KID, or the only array
 * of two dimensions.
 *
 * @throws DatasetFormatError when there is no such array, or the file is damaged
 */
export async function readFeatures(bytes: Uint8Array, file = 'features'): Promise<Features> {
  const { arrays } = await readArrays(bytes, file);
  const matrices = [...arrays.values()].filter(({ shape }) => shape.length === 2);
  const found =
    arrays.get('feats') ?? (matrices.length === 1 && !arrays.has('sigma') ? matrices[0] : undefined);
  if (found?.shape.length !== 2) {
    throw new DatasetFormatError(
      `${file}: features are an array feats of [count, dimension], this file has ${[...arrays.keys()].join(', ') || 'none'}`,
      file,
      0,
    );
  }
  return { data: found.data, dimension: found.shape[1] };
}

/** The arrays of a file, which must be of floats, and the record that {@link writeStatistics} adds to them. */
async function readArrays(
  bytes: Uint8Array,
  file: string,
): Promise<{ arrays: Map<string, FloatArray>; record?: StatisticsRecord }> {
  const { arrays, others } = await readNpz(bytes, file);
  const floats = new Map<string, FloatArray>();
  for (const [name, { type, shape, data }] of arrays) {
    if (data instanceof Float32Array || (data instanceof Float64Array && type.endsWith('f8'))) {
      floats.set(name, { shape, data });
      continue;
    }
    throw new DatasetFormatError(
      `${file}: the numbers of ${name} are of type ${type}, wanted float32 or float64; convert them`,
      file,
      0,
    );
  }
  const text = others.get(recordName);
  return { arrays: floats, ...(text && { record: parseRecord(text, file) }) };
}

function parseRecord(text: Uint8Array, file: string): StatisticsRecord {
  try {
    return fromJson(new TextDecoder().decode(text)) as StatisticsRecord;
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new DatasetFormatError(`${file}: ${recordName} is not JSON: ${reason}; make it again`, file, 0, {
      cause,
    });
  }
}
