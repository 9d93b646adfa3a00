import { choice, DatasetFormatError, OptionError, resolveOptions, type Dataset } from '@dist-gan/core';
import * as v from 'valibot';
import { arrayDataset } from '../array-dataset.js';
import { placeOfFiles, type DatasetEnvironment } from '../environment.js';
import { isFile, readBytes, yearOf } from '../files/file-system.js';
import type { NumberArray, NumberData } from '../files/npy.js';
import { readNpz } from '../files/npz.js';
import { recorded } from '../labelled-images.js';
import { planesToPixels } from '../planes-to-pixels.js';

const finite = v.pipe(v.number('must be a number'), v.finite('must be finite'));

const schema = v.strictObject({
  /** Path of the file, from the current folder or from the data folder. */
  file: v.string('must be the path of an .npz file'),
  /** Which array holds the samples. Default: the only one of at least two dimensions. */
  array: v.optional(v.string('must be the name of an array')),
  /** Which array holds a class for each. Default: none. */
  labels: v.optional(v.string('must be the name of an array')),
  /** Where the channels of images are: `last` is [count, height, width, channels]. */
  channels: v.optional(choice(['last', 'first'], JSON.stringify), 'last'),
  /** What the lowest and the highest value of numbers that are not bytes are; they are taken to 0 and 1. */
  valueRange: v.optional(
    v.pipe(
      v.tuple([finite, finite], 'must be [lowest, highest]'),
      v.check(([low, high]) => low < high, 'must rise'),
      v.readonly(),
    ),
    [0, 1],
  ),
});

export type NpzOptions = v.InferInput<typeof schema>;
type ResolvedOptions = v.InferOutput<typeof schema>;

const id = 'npz';

/**
 * Samples of a NumPy `.npz` file. Bytes are images, [count, height, width, channels] or [count, height, width], and stay
 * bytes; other numbers are images or vectors, [count, length], and become float32 in [0, 1]; truth values are 0 and 1.
 *
 * @throws OptionError for bad options, and for values outside of `valueRange`
 * @throws DataNotFoundError when the file is not there
 * @throws DatasetFormatError when it is damaged, or has not the arrays that are wanted
 */
export async function npz(options: NpzOptions, environment: DatasetEnvironment = {}): Promise<Dataset> {
  const resolved = resolveOptions(schema, options, id);
  const { file } = resolved;
  const inDataFolder = `${placeOfFiles(undefined, environment) ?? '.'}/${file}`;
  const path = !isFile(file) && isFile(inDataFolder) ? inDataFolder : file;
  const bytes = readBytes(path, 'check the option npz.file');
  const { arrays, unreadable } = await readNpz(bytes, path);
  for (const name of [resolved.array, resolved.labels]) {
    const reason = name === undefined ? undefined : unreadable.get(name);
    if (reason !== undefined)
      throw new DatasetFormatError(`${file}: ${name}: ${reason}; convert it`, file, 0);
  }
  const samples = chooseSamples(arrays, resolved);
  const sampleShape = shapeOfSample(samples.shape, resolved);
  const [count] = samples.shape;
  const labels =
    resolved.labels === undefined ? undefined : chooseLabels(arrays, resolved.labels, count, file);
  const { data: numbers, type } = samples;
  // Truth values are in an array of bytes, too.
  const isBytes = numbers instanceof Uint8Array && type.endsWith('u1');
  const data = isBytes ? numbers : scaled(numbers, resolved.valueRange);
  return arrayDataset(
    {
      id,
      title: `Samples of ${file}`,
      source: { title: `the file ${file}`, year: yearOf(path) },
      options: recorded(resolved),
      sampleShape,
      range: [0, 1],
      ...(labels && { labels }),
    },
    resolved.channels === 'first' && sampleShape.length === 3
      ? planesToPixels(data, { plane: sampleShape[0] * sampleShape[1], channels: sampleShape[2] })
      : data,
  );
}

type StoredArray = NumberArray & { readonly type: string };
type Arrays = ReadonlyMap<string, StoredArray>;

function chooseSamples(arrays: Arrays, { array, labels, file }: ResolvedOptions): StoredArray {
  const candidates = [...arrays].filter(([name, { shape }]) => name !== labels && shape.length >= 2);
  if (array === undefined && candidates.length === 1) return candidates[0][1];
  const named = array === undefined ? undefined : arrays.get(array);
  if (named !== undefined) return named;
  const what =
    array === undefined
      ? `has ${candidates.length} arrays that may be samples; name one with npz.array`
      : `has no array ${array}`;
  throw new DatasetFormatError(`${file} ${what} (it has ${describe(arrays)})`, file, 0);
}

/** Of `[count, ...]`, as the networks see it: a vector, or height, width and channels. */
function shapeOfSample(shape: readonly number[], { channels, file }: ResolvedOptions): number[] {
  const [count, ...sample] = shape;
  const empty = count === 0 || sample.some((extent) => extent === 0);
  if (!empty && sample.length === 1) return sample;
  if (!empty && sample.length === 2) return [...sample, 1];
  if (!empty && sample.length === 3) {
    const [first, second, third] = sample;
    return channels === 'last' ? sample : [second, third, first];
  }
  throw new DatasetFormatError(
    `${file}: samples of shape [${shape.join(', ')}], wanted [count, length], [count, height, width] or ` +
      '[count, height, width, channels]',
    file,
    0,
  );
}

function chooseLabels(arrays: Arrays, name: string, count: number, file: string): Int32Array {
  const array = arrays.get(name);
  const data = array?.data;
  const usable =
    array?.shape[0] === count &&
    data?.length === count &&
    data.every((label) => Number.isInteger(label) && label >= 0 && label < 2 ** 31);
  if (usable) return Int32Array.from(data);
  throw new DatasetFormatError(
    `${file}: labels must be an array of ${count} classes, counted from 0, but ${name} is ` +
      `${array === undefined ? `not among ${describe(arrays)}` : 'none'}`,
    file,
    0,
  );
}

function scaled(values: NumberData, [low, high]: readonly [number, number]): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value >= low && value <= high)) {
      throw new OptionError(
        `npz.valueRange: value ${i} is ${value}, outside of [${low}, ${high}]; name the range of the samples`,
        'npz.valueRange',
        [low, high],
      );
    }
    result[i] = (value - low) / (high - low);
  }
  return result;
}

function describe(arrays: Arrays): string {
  return [...arrays].map(([name, { shape }]) => `${name} [${shape.join(', ')}]`).join(', ') || 'none';
}
