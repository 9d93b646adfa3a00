import { basename, resolve } from 'node:path';
import {
  DataNotFoundError,
  OptionError,
  UnknownItemError,
  statIfAny,
  type Dataset,
  type JsonObject,
  type SampleBatch,
} from '@dist-gan/core';
import {
  datasets,
  type DatasetEnvironment,
  type PictureDataset,
  type PictureFiles,
} from '@dist-gan/datasets';
import type { PixelRules } from '@dist-gan/datasets/pictures';
import type { ImageSource } from '../../extractors/extract-dataset.js';
import {
  datasetImages,
  openPictureFolder,
  quantizeImages,
  type ImageBatch,
} from '../../extractors/images/index.js';
import type { Features } from '../../features/feature-matrix.js';
import { countOf } from '../../features/feature-matrix.js';
import type { FeatureStatistics } from '../../features/frechet/feature-moments.js';
import { readNpzSet, type NpzSetOptions } from '../statistics/npz-set.js';
import { readWholeFile } from '../statistics/read-whole-file.js';
import { datasetSplit } from './dataset-split.js';
import { firstImages } from './first-images.js';

/** Samples of a generator in memory, and the range of their values (default [0, 1]). */
export interface SampleArray extends SampleBatch {
  readonly range?: readonly [low: number, high: number];
}

/** An `.npz` file of which it is said what to take. */
export interface NpzFile extends NpzSetOptions {
  readonly path: string;
}

/**
 * One side of an evaluation:
 * - a text: the path of a folder of pictures or of an `.npz` file, or a data set and its split (`cifar10-test`);
 * - an `.npz` file and what to take of it;
 * - a data set, images in bytes, samples, or any source of images: a trained run, for instance;
 * - features, or mean and covariance of features.
 */
export type EvaluationSet =
  | string
  | NpzFile
  | Dataset
  | ImageBatch
  | SampleArray
  | (ImageSource & { readonly name?: string; readonly notices?: readonly string[] })
  | Features
  | FeatureStatistics;

/** A set that was opened: images that features must still be extracted from, or what was extracted earlier. */
export interface OpenedSet {
  /** What a result calls it. */
  readonly name: string;
  readonly images?: ImageSource;
  /** Which images of which data set they are, where they are of one, and what was laid behind those of files. */
  readonly split?: JsonObject;
  /** The options that the data set was made with, where they are of one. */
  readonly options?: JsonObject;
  /** The files that the data set was made of, where it is one of pictures. */
  readonly pictures?: PictureFiles;
  readonly features?: Features;
  readonly statistics?: FeatureStatistics;
  /** What a reader must know, for instance pictures that were left out. */
  readonly notices: readonly string[];
}

export interface OpenSetOptions {
  /** What relative paths begin at. */
  readonly workingDirectory: string;
  /** The first so many samples. */
  readonly count?: number;
  readonly skipCorrupt: boolean;
  readonly background?: PixelRules['background'];
  readonly environment: DatasetEnvironment;
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** @throws DataNotFoundError, DatasetFormatError, OptionError, each with its way out */
export async function openSet(side: string, set: EvaluationSet, options: OpenSetOptions): Promise<OpenedSet> {
  checkCount(side, options.count);
  if (typeof set === 'string') return openWord(side, set, options);
  if (typeof set !== 'object' || set === null) {
    throw new OptionError(
      `the ${side} set must be a folder of pictures, an .npz file, a data set, images or features, got ${String(set)}`,
      side,
      set,
    );
  }
  if ('path' in set) return openFile(resolve(options.workingDirectory, set.path), set.path, set, options);
  if ('covariance' in set) return { name: side, statistics: ofCount(side, set, options.count), notices: [] };
  if ('dimension' in set)
    return { name: side, features: firstFeatures(side, set, options.count), notices: [] };
  if ('batch' in set) return { name: set.id, ...datasetSet(set, options.count), notices: [] };
  if ('batches' in set) {
    const { name = side, notices = [] } = set;
    return { name, images: firstOfSource(name, set, options.count), notices };
  }
  return { name: side, images: inMemory(side, bytesOf(set), options.count), notices: [] };
}

/** The first images of a data set, and which ones they are. */
function datasetSet(
  dataset: Dataset,
  count = dataset.size,
): Required<Pick<OpenedSet, 'images' | 'split' | 'options'>> & Pick<OpenedSet, 'pictures'> {
  const { id, size, options, pictures } = dataset as Dataset & Partial<PictureDataset>;
  needCount(`data set ${id}`, 'samples', count, size);
  return {
    images: datasetImages(dataset, { indices: Uint32Array.from({ length: count }, (_, i) => i) }),
    split: datasetSplit(dataset, count),
    options,
    ...(pictures !== undefined && { pictures }),
  };
}

async function openWord(side: string, word: string, options: OpenSetOptions): Promise<OpenedSet> {
  if (word.trim() === '') {
    throw new OptionError(
      `the ${side} set is an empty text; name a folder of pictures, an .npz file or a data set`,
      side,
      word,
    );
  }
  const path = resolve(options.workingDirectory, word);
  const found = statIfAny(path);
  if (found?.isDirectory()) return openFolder(path, word, options);
  if (found !== undefined) return openFile(path, word, {}, options);
  const dataset = await findDataset(word, options);
  if (dataset === undefined) {
    throw new DataNotFoundError(
      `${word} is no file, no folder and no data set (${Object.keys(datasets).join(', ')}, with -train or -test); check the path`,
      path,
    );
  }
  return { name: word, ...datasetSet(dataset, options.count), notices: [] };
}

async function openFolder(
  path: string,
  word: string,
  { count, skipCorrupt, background, onProgress, signal }: OpenSetOptions,
): Promise<OpenedSet> {
  const corrupt = skipCorrupt ? 'skip' : 'refuse';
  const pictures = await openPictureFolder(path, {
    ...(count !== undefined && { count }),
    corrupt,
    background,
    onProgress,
    signal,
  });
  const kind = skipCorrupt ? 'pictures that can be decoded' : 'pictures';
  if (count !== undefined) needCount(word, kind, count, pictures.size);
  const [first] = pictures.skipped;
  const left = `${word}: ${pictures.skipped.length} corrupt pictures were left out, the first is ${first}`;
  const notices = first === undefined ? pictures.notices : [...pictures.notices, left];
  return {
    name: basename(path),
    images: pictures,
    notices,
    ...(background !== undefined && { split: { background } }),
  };
}

async function openFile(
  path: string,
  word: string,
  npz: NpzSetOptions,
  { count }: OpenSetOptions,
): Promise<OpenedSet> {
  if (!path.endsWith('.npz')) {
    throw new OptionError(
      `${word} must be a folder of pictures, an .npz file with statistics, features or images, or a data set`,
      word,
      word,
    );
  }
  const name = basename(path);
  const set = await readNpzSet(await readWholeFile(path), word, npz);
  switch (set.kind) {
    case 'statistics':
      return { name, statistics: ofCount(word, set.statistics, count), notices: [] };
    case 'features':
      return { name, features: firstFeatures(word, set.features, count), notices: [] };
    case 'images':
      return { name, images: inMemory(word, set.images, count), notices: [] };
  }
}

/** Statistics are of all of their samples: fewer cannot be taken out of them. */
function ofCount(word: string, statistics: FeatureStatistics, count?: number): FeatureStatistics {
  if (count === undefined || statistics.count === count) return statistics;
  throw new OptionError(
    `${word} is a mean and a covariance of ${statistics.count ?? 'so many'} samples, from which no ${count} can be taken; ` +
      'give the features or the pictures, or leave the count out',
    'samples',
    count,
  );
}

function firstFeatures(word: string, features: Features, count = countOf(features)): Features {
  needCount(word, 'feature vectors', count, countOf(features));
  return { ...features, data: features.data.subarray(0, count * features.dimension) };
}

function bytesOf(set: ImageBatch | SampleArray): ImageBatch {
  if (set.data instanceof Uint8Array) return set as ImageBatch;
  const { range, ...samples } = set as SampleArray;
  return quantizeImages(samples, range);
}

function inMemory(word: string, images: ImageBatch, count = images.count): ImageSource {
  needCount(word, 'images', count, images.count);
  const length = images.data.length / images.count;
  const first = { ...images, count, data: images.data.subarray(0, count * length) };
  return {
    size: count,
    async *batches() {
      yield first;
    },
  };
}

function firstOfSource(word: string, { size, batches }: ImageSource, count = size): ImageSource {
  needCount(word, 'images', count, size);
  return count === size ? { size, batches } : firstImages({ size, batches }, count);
}

/** A data set by its id, or by its id and a split: `mnist`, `cifar10-test`. */
async function findDataset(
  word: string,
  { environment, background }: OpenSetOptions,
): Promise<Dataset | undefined> {
  type Maker = (options: unknown, environment: DatasetEnvironment) => Dataset | Promise<Dataset>;
  const makers = datasets as unknown as Readonly<Record<string, Maker>>;
  // Files of the other data sets have no opacity.
  const options = word === 'image-folder' && background !== undefined ? { background } : {};
  if (Object.hasOwn(makers, word)) return makers[word](options, environment);
  const dash = word.lastIndexOf('-');
  const [id, split] = [word.slice(0, dash), word.slice(dash + 1)];
  if (dash > 0 && Object.hasOwn(makers, id)) return makers[id]({ split }, environment);
  if (/[/\\.]/.test(word)) return undefined;
  const { nearest } = new UnknownItemError('data set', word, Object.keys(makers));
  if (nearest.length > 0) throw new UnknownItemError('data set', word, Object.keys(makers));
  return undefined;
}

function checkCount(side: string, count: number | undefined): void {
  if (count === undefined || (Number.isSafeInteger(count) && count > 0)) return;
  throw new OptionError(
    `samples.${side}: must be a whole number of at least 1, or left out for all (got ${count})`,
    'samples',
    count,
  );
}

function needCount(what: string, kind: string, count: number, size: number): void {
  if (count <= size) return;
  throw new OptionError(`${what} has ${size} ${kind}, too few for ${count}; ask for fewer`, 'samples', count);
}
