import { DatasetFormatError, OptionError } from '@dist-gan/core';
import { readNpz, type NumberArray } from '@dist-gan/datasets/files';
import type { Features } from '../../features/feature-matrix.js';
import type { FeatureStatistics } from '../../features/frechet/feature-moments.js';
import type { ImageBatch } from '../../extractors/images/image-batch.js';
import { statisticsOf } from './statistics-record.js';

/** What an `.npz` file can be asked for. */
export const npzKinds = ['statistics', 'features', 'images'] as const;
export type NpzKind = (typeof npzKinds)[number];

export interface NpzSetOptions {
  /** What to take the file for. Default: what its names say. */
  readonly as?: NpzKind;
  /** Names of the arrays to take, for files whose names say nothing: one, or mean and covariance. */
  readonly arrays?: readonly string[];
}

/** What a file holds. */
export type NpzSet =
  | { readonly kind: 'statistics'; readonly statistics: FeatureStatistics }
  | { readonly kind: 'features'; readonly features: Features }
  | { readonly kind: 'images'; readonly images: ImageBatch };

type Arrays = ReadonlyMap<string, NumberArray & { readonly type: string }>;

/** The names by which each kind is known, best first. */
const knownNames: Readonly<Record<NpzKind, readonly (readonly string[])[]>> = {
  // pytorch-fid, TTUR, clean-fid, torch-fidelity's exports, guided-diffusion's reference batches.
  statistics: [['mu', 'sigma']],
  // clean-fid's statistics for KID; torch-fidelity's name.
  features: [['feats'], ['features']],
  // guided-diffusion's samples.
  images: [['images'], ['arr_0']],
};

/**
 * Reads one side of a comparison from an `.npz` file. What it holds is said by names and shapes, or asked for, and never
 * guessed:
 *
 * - statistics: `mu` [dimension] and `sigma` [dimension, dimension], floats;
 * - features: `feats` or `features` [count, dimension], floats;
 * - images: `images` or `arr_0` [count, height, width, 1 or 3], bytes.
 *
 * Of a file with several of them the first kind of this list is taken, unless `as` says otherwise; other arrays beside
 * are passed by.
 *
 * @param file what the file is called in messages
 * @throws DatasetFormatError when it is damaged, or its names say nothing: the message lists what it has
 */
export async function readNpzSet(
  bytes: Uint8Array,
  file: string,
  { as, arrays: wanted }: NpzSetOptions = {},
): Promise<NpzSet> {
  const { arrays, unreadable, others } = await readNpz(bytes, file);
  for (const name of wanted ?? []) {
    const reason = unreadable.get(name);
    if (reason !== undefined)
      throw new DatasetFormatError(`${file}: ${name}: ${reason}; convert it`, file, 0);
  }
  if (wanted !== undefined) return setOf(as ?? kindOf(arrays, wanted, file), arrays, wanted, others, file);
  for (const kind of as === undefined ? npzKinds : [as]) {
    const names = knownNames[kind].find((some) =>
      some.every((name) => (as === undefined ? fits(arrays.get(name), kind, name) : arrays.has(name))),
    );
    if (names !== undefined) return setOf(kind, arrays, names, others, file);
  }
  throw new DatasetFormatError(
    `${file} holds ${listed(arrays, unreadable)}, and ${as === undefined ? 'no name says what it is' : `none is known for ${as}`}: ` +
      'statistics are mu [d] and sigma [d, d], features feats or features [count, d], images arr_0 or images ' +
      '[count, height, width, channels] in bytes; name what to take with --array (mean,cov for example) and --as ' +
      npzKinds.join('|'),
    file,
    0,
  );
}

/** Whether an array of a known name has the shape that goes with it. */
function fits(array: (NumberArray & { type: string }) | undefined, kind: NpzKind, name: string): boolean {
  if (array === undefined) return false;
  const { shape, type } = array;
  if (kind === 'images') return shape.length === 4 && type.endsWith('u1');
  return shape.length === (name === 'mu' ? 1 : 2);
}

/** What arrays that were asked for are, by their shapes. */
function kindOf(arrays: Arrays, wanted: readonly string[], file: string): NpzKind {
  if (wanted.length === 2) return 'statistics';
  return arrayOf(arrays, wanted[0], file).shape.length === 4 ? 'images' : 'features';
}

function setOf(
  kind: NpzKind,
  arrays: Arrays,
  names: readonly string[],
  others: ReadonlyMap<string, Uint8Array>,
  file: string,
): NpzSet {
  const count = kind === 'statistics' ? 2 : 1;
  if (names.length !== count) {
    throw new OptionError(
      `${file}: ${kind} are ${count === 2 ? 'two arrays, mean and covariance' : 'one array'}, got --array ${names.join(',')}`,
      '--array',
      names.join(','),
    );
  }
  const [first, second] = names.map((name) => arrayOf(arrays, name, file));
  if (kind === 'statistics') {
    const [mean, covariance] = [floats(first, names[0], file), floats(second, names[1], file)];
    const { shape } = covariance;
    if (mean.shape.length !== 1 || shape.length !== 2 || shape.some((extent) => extent !== mean.shape[0])) {
      throw wrongShape(file, `${names[0]} and ${names[1]}`, [first, second], '[d] and [d, d]');
    }
    return { kind, statistics: statisticsOf(mean.data, covariance.data, others, file) };
  }
  if (kind === 'features') {
    const { shape, data } = floats(first, names[0], file);
    if (shape.length !== 2 || shape[1] === 0) throw wrongShape(file, names[0], [first], '[count, dimension]');
    return { kind, features: { data, dimension: shape[1] } };
  }
  const { shape, data, type } = first;
  if (
    shape.length !== 4 ||
    !(data instanceof Uint8Array) ||
    !type.endsWith('u1') ||
    ![1, 3].includes(shape[3])
  ) {
    throw wrongShape(file, names[0], [first], '[count, height, width, 1 or 3] in bytes (uint8)');
  }
  return { kind, images: { data, count: shape[0], sampleShape: shape.slice(1) } };
}

function arrayOf(arrays: Arrays, name: string, file: string): NumberArray & { readonly type: string } {
  const array = arrays.get(name);
  if (array !== undefined) return array;
  throw new OptionError(`${file} has no array ${name}; it holds ${listed(arrays)}`, '--array', name);
}

function floats(
  { shape, data, type }: NumberArray & { readonly type: string },
  name: string,
  file: string,
): { readonly shape: readonly number[]; readonly data: Float32Array | Float64Array } {
  if (data instanceof Float32Array || (data instanceof Float64Array && type.endsWith('f8'))) {
    return { shape, data };
  }
  throw new DatasetFormatError(
    `${file}: the numbers of ${name} are of type ${type}, wanted float32 or float64; convert them`,
    file,
    0,
  );
}

function wrongShape(
  file: string,
  name: string,
  got: readonly (NumberArray & { readonly type: string })[],
  wanted: string,
): DatasetFormatError {
  const shapes = got.map(({ shape, type }) => `[${shape.join(', ')}] of ${type}`).join(' and ');
  return new DatasetFormatError(`${file}: ${name} must be ${wanted}, got ${shapes}`, file, 0);
}

function listed(arrays: Arrays, unreadable: ReadonlyMap<string, string> = new Map()): string {
  const texts = [
    ...[...arrays].map(([name, { shape, type }]) => `${name} [${shape.join(', ')}] ${type}`),
    ...[...unreadable].map(([name, reason]) => `${name} (${reason})`),
  ];
  return texts.join(', ') || 'no array';
}
