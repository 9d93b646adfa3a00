import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  DataNotFoundError,
  OptionError,
  UnknownItemError,
  type Dataset,
  type JsonObject,
} from '@dist-gan/core';
import { datasets, type DatasetEnvironment } from '@dist-gan/datasets';
import { readFeatures, readStatistics, type Features, type FeatureStatistics } from '@dist-gan/metrics';
import type { ImageSource } from '@dist-gan/metrics/extractors';
import { datasetImages, openPictureFolder } from '@dist-gan/metrics/images';
import { isRunFolder, runSamples } from './run-samples.js';

/** Images, and which ones of which data set they are, where they are of one. */
export interface SetImages {
  readonly images: ImageSource;
  readonly description?: JsonObject & { readonly dataset: string };
}

/** One side of a comparison: images that features must still be extracted from, or what was extracted earlier. */
export interface EvaluatedSet extends Partial<SetImages> {
  /** What a result calls it. */
  readonly name: string;
  readonly features?: Features;
  readonly statistics?: FeatureStatistics;
  /** What a reader must know, for instance pictures that were left out. */
  readonly notices: readonly string[];
}

export interface SetOptions {
  readonly workingDirectory: string;
  /** The first so many samples. */
  readonly count?: number;
  readonly skipCorrupt: boolean;
  readonly environment: DatasetEnvironment;
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * What a word of the command line stands for: a folder of pictures, the folder of a run, an `.npz` file with statistics
 * or features, or a data set and its split (`cifar10-test`).
 *
 * @throws DataNotFoundError, DatasetFormatError, OptionError, each with its way out
 */
export async function openSet(word: string, options: SetOptions): Promise<EvaluatedSet> {
  const path = resolve(options.workingDirectory, word);
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) return openFile(path, word);
    return isRunFolder(path) ? openRun(path, options) : openFolder(path, word, options);
  }
  const dataset = await findDataset(word, options.environment);
  if (dataset === undefined) {
    throw new DataNotFoundError(
      `${word} is no file, no folder and no data set (${Object.keys(datasets).join(', ')}, with -train or -test); check the path`,
      path,
    );
  }
  return { name: word, ...datasetSet(dataset, options.count), notices: [] };
}

/** The first images of a data set. */
export function datasetSet(dataset: Dataset, count = dataset.size): SetImages {
  const { id, size } = dataset;
  const { split, batches } = dataset.options;
  return {
    images: datasetImages(dataset, { indices: firstOf(dataset, count) }),
    description: {
      dataset: id,
      ...(split !== undefined && { split }),
      ...(batches !== undefined && { batches }),
      first: count,
      of: size,
    },
  };
}

async function openRun(path: string, { count, onProgress, signal }: SetOptions): Promise<EvaluatedSet> {
  return {
    name: basename(path),
    images: await runSamples(path, { count, onProgress, signal }),
    notices: [],
  };
}

async function openFolder(
  path: string,
  word: string,
  { count, skipCorrupt, onProgress, signal }: SetOptions,
): Promise<EvaluatedSet> {
  const corrupt = skipCorrupt ? 'skip' : 'refuse';
  const pictures = await openPictureFolder(path, {
    ...(count !== undefined && { count }),
    corrupt,
    onProgress,
    signal,
  });
  if (count !== undefined && pictures.size < count) {
    const whole = skipCorrupt ? ' that can be decoded' : '';
    throw new OptionError(
      `${word} has ${pictures.size} pictures${whole}, too few for ${count}; ask for fewer`,
      'samples',
      count,
    );
  }
  const [first] = pictures.skipped;
  const left = `${word}: ${pictures.skipped.length} corrupt pictures were left out, the first is ${first}`;
  const notices = first === undefined ? pictures.notices : [...pictures.notices, left];
  return { name: basename(path), images: pictures, notices };
}

async function openFile(path: string, word: string): Promise<EvaluatedSet> {
  if (!path.endsWith('.npz')) {
    throw new OptionError(
      `${word} must be a folder of pictures, an .npz file with statistics or features, or a data set`,
      word,
      word,
    );
  }
  const bytes = readFileSync(path);
  const name = basename(path);
  try {
    return { name, statistics: await readStatistics(bytes, word), notices: [] };
  } catch (notStatistics) {
    try {
      return { name, features: await readFeatures(bytes, word), notices: [] };
    } catch {
      throw notStatistics;
    }
  }
}

/** A data set by its id, or by its id and a split: `mnist`, `cifar10-test`. */
async function findDataset(word: string, environment: DatasetEnvironment): Promise<Dataset | undefined> {
  type Maker = (options: unknown, environment: DatasetEnvironment) => Dataset | Promise<Dataset>;
  const makers = datasets as Readonly<Record<string, Maker>>;
  if (Object.hasOwn(makers, word)) return makers[word]({}, environment);
  const dash = word.lastIndexOf('-');
  const [id, split] = [word.slice(0, dash), word.slice(dash + 1)];
  if (dash > 0 && Object.hasOwn(makers, id)) return makers[id]({ split }, environment);
  if (/[/\\.]/.test(word)) return undefined;
  const { nearest } = new UnknownItemError('data set', word, Object.keys(makers));
  if (nearest.length > 0) throw new UnknownItemError('data set', word, Object.keys(makers));
  return undefined;
}

function firstOf({ size, id }: Dataset, count: number): Uint32Array {
  if (count > size) {
    throw new OptionError(
      `data set ${id} has ${size} samples, too few for ${count}; ask for fewer`,
      'samples',
      count,
    );
  }
  return Uint32Array.from({ length: count }, (_, i) => i);
}
