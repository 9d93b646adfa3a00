import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { OptionError, statIfAny, toJson, type JsonObject } from '@dist-gan/core';
import type { PictureFiles } from '@dist-gan/datasets';
import { listPictures } from '@dist-gan/datasets/pictures';
import { canonicalJson } from '../../canonical-json.js';
import { featureBatches, type ImageSource } from '../../extractors/extract-dataset.js';
import type { FeatureExtractor } from '../../extractors/feature-extractor.js';
import { openPictureFolder } from '../../extractors/images/index.js';
import { countOf, type Features } from '../../features/feature-matrix.js';
import { FeatureMoments } from '../../features/frechet/feature-moments.js';
import { networkOf, protocolOf, type EvaluateOptions } from '../evaluate.js';
import { firstShape, imageNumbers } from '../sets/image-numbers.js';
import { imagesDigest } from '../sets/images-digest.js';
import { openSet, type EvaluationSet, type OpenedSet } from '../sets/open-set.js';
import { sizeOfWholeBatches } from '../sets/whole-batches.js';
import type { MomentsPart } from './moments-part.js';
import { checkShard, rowsOf, type Shard } from './shard.js';

export interface MeasureShardOptions extends Pick<
  EvaluateOptions,
  | 'protocol'
  | 'layer'
  | 'weights'
  | 'batchSize'
  | 'threads'
  | 'extractor'
  | 'network'
  | 'activateBackend'
  | 'background'
  | 'environment'
  | 'workingDirectory'
  | 'onStage'
  | 'onNotice'
  | 'signal'
  | 'engine'
> {
  readonly set: EvaluationSet;
  readonly shard: Shard;
  /** What the parts are for: of Inception's features, or of any (as in `evaluate`). Default `fid`. */
  readonly metric?: 'fid' | 'frechet-distance';
  /** The first so many samples are the whole set. Default: all. */
  readonly samples?: number;
}

/**
 * Measures one shard of a set: what it adds to mean and covariance of the features of the whole. Other processes, on any machine that
 * sees the set, measure the others; {@link mergeMomentsParts} makes the whole of all parts.
 *
 * Of a folder, only the shard's own pictures are read, and the first of all where features are the numbers of images; a part names the set by the names and sizes of all of its files, wherever the folder
 * is. A data set is named by itself, all the options that it was made with, and how many of its samples are taken, one of pictures by those
 * files, too; anything else by its bytes.
 *
 * Node alone: it reads files.
 *
 * @throws OptionError when there is no such shard, or the set is a mean and a covariance already; DataNotFoundError, DatasetFormatError,
 * ShapeError, NonFiniteError; the reason of `signal` when it is aborted
 */
export async function measureShard(options: MeasureShardOptions): Promise<MomentsPart> {
  const { shard, signal, engine, onStage } = options;
  checkShard(shard);
  const protocol = protocolOf(options.protocol);
  const { name, size, digest, split, whole, images, features } = await openShard(options, (all) =>
    protocol.partialBatch === 'dropped' ? sizeOfWholeBatches(all) : all,
  );
  const about = { shard, set: { name, size, digest }, ddof: protocol.frechetDistance.ddof ?? 1 };
  if (features !== undefined) {
    const moments = new FeatureMoments(features.dimension, features.protocol);
    await moments.update(features, { signal, engine });
    const { protocol: made } = features;
    const extractor = `features of a file: ${canonicalJson(made ?? 'not stated')}`;
    return {
      ...about,
      extractor,
      ...(made && { protocol: made }),
      sums: await moments.seen({ signal, engine }),
    };
  }
  const own = needsInception(options) ? networkOf(options, protocol) : undefined;
  try {
    const extractor = await extractorOf(options, whole, own ?? options.network);
    const onProgress = onStage?.(`${name}: features of ${images.size} images`, images.size);
    const moments = new FeatureMoments(extractor.dimension);
    for await (const batch of featureBatches(extractor, images, {
      signal,
      ...(onProgress && { onProgress }),
    }))
      await moments.update(batch, { signal, engine });
    return {
      ...about,
      extractor: fingerprintOf(extractor),
      protocol: { ...extractor.protocol, ...(split && { split }) },
      sums: await moments.seen({ signal, engine }),
    };
  } finally {
    await own?.dispose();
  }
}

const needsInception = ({ metric = 'fid', network }: MeasureShardOptions) =>
  metric === 'fid' && network === undefined;

async function extractorOf(
  { metric = 'fid', layer, protocol, extractor }: MeasureShardOptions,
  whole: Pick<ImageSource, 'batches'>,
  network: EvaluateOptions['network'],
): Promise<FeatureExtractor> {
  if (metric === 'fid') return network!.extractor(layer ?? protocolOf(protocol).layer);
  return extractor ?? imageNumbers(await firstShape(whole));
}

/** @throws OptionError for an extractor that cannot say what decides its features: parts could be of different ones */
function fingerprintOf({ id, fingerprint }: FeatureExtractor): string {
  if (fingerprint !== undefined) return fingerprint;
  throw new OptionError(
    `extractor ${id} has no fingerprint, so that nobody can tell whether parts were made by the same; give it one`,
    'extractor',
    id,
  );
}

interface OpenedShard {
  readonly name: string;
  /** Of the whole set. */
  readonly size: number;
  readonly digest: string;
  readonly split?: JsonObject | undefined;
  /** Whose first image says what shape all of them have: a shard may have none. */
  readonly whole: Pick<ImageSource, 'batches'>;
  /** The shard's own: images, or features that were extracted earlier. */
  readonly images: ImageSource;
  readonly features?: Features;
}

type CountOfWhole = (size: number) => number;

async function openShard(options: MeasureShardOptions, count: CountOfWhole): Promise<OpenedShard> {
  const { set, shard, samples, workingDirectory = '.', background, environment = {}, signal } = options;
  const path = typeof set === 'string' && set.trim() !== '' ? resolve(workingDirectory, set) : undefined;
  if (path !== undefined && statIfAny(path)?.isDirectory() === true)
    return openFolderShard(path, options, count);
  const opened = await openSet('set', set, {
    workingDirectory,
    skipCorrupt: false,
    background,
    environment,
    signal,
    ...(samples !== undefined && { count: samples }),
  });
  for (const notice of opened.notices) options.onNotice?.(notice);
  const { name, images, features, statistics, split } = opened;
  if (statistics !== undefined) {
    throw new OptionError(
      `${name} is a mean and a covariance already, of which there are no shards; compare with it as it is`,
      'set',
      name,
    );
  }
  if (features !== undefined) {
    const { dimension, data } = features;
    // A protocol drops images that its program would not pass through the network; these went through one.
    const size = countOf(features);
    const rows = rowsOf(shard, size);
    const own = data.subarray(rows.first * dimension, (rows.first + rows.count) * dimension);
    const digest = sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { name, size, digest, whole: noImages, images: noImages, features: { ...features, data: own } };
  }
  const size = count(images!.size);
  return {
    name,
    size,
    digest: await digestOf(opened, signal),
    split,
    whole: images!,
    images: rowsOfSource(images!, rowsOf(shard, size)),
  };
}

/** Of a folder, the other shards' pictures are not even looked at. */
async function openFolderShard(
  path: string,
  { shard, samples, background, onNotice, onStage, signal }: MeasureShardOptions,
  count: CountOfWhole,
): Promise<OpenedShard> {
  const { files } = await listPictures(path);
  if (samples !== undefined && samples > files.length) {
    throw new OptionError(
      `${path} has ${files.length} pictures, too few for ${samples}; ask for fewer`,
      'samples',
      samples,
    );
  }
  const used = files.slice(0, count(samples ?? files.length));
  const name = basename(path);
  const rows = rowsOf(shard, used.length);
  const onProgress = onStage?.(`${name}: looking at the pictures`);
  const pictures =
    rows.count === 0
      ? undefined
      : await openPictureFolder(path, { ...rows, background, signal, ...(onProgress && { onProgress }) });
  for (const notice of pictures?.notices ?? []) onNotice?.(notice);
  return {
    name,
    size: used.length,
    digest: await listingDigest({ folder: path, files: used }),
    ...(background !== undefined && { split: { background } }),
    whole: {
      async *batches() {
        yield* (await openPictureFolder(path, { count: 1, background, signal })).batches();
      },
    },
    images: pictures ?? noImages,
  };
}

/** What names the images of a set on every machine, wherever their files are there and however they are read. */
async function digestOf(
  { images, split, options, pictures }: OpenedSet,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (options === undefined) return imagesDigest(images!, signal);
  if (pictures === undefined) return sha256(canonicalJson({ ...split, made: options }));
  const made = Object.fromEntries(Object.entries(options).filter(([key]) => !ofTheMachine.has(key)));
  return sha256(canonicalJson({ ...split, made, pictures: await listingDigest(pictures) }));
}

/** Options of data sets of pictures of which no image depends. */
const ofTheMachine = new Set(['folder', 'memoryMegabytes', 'workers']);

/** SHA-256 of names and sizes of files, which are the same on every system. */
async function listingDigest({ folder, files }: PictureFiles): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < files.length; start += statsAtOnce) {
    const part = files.slice(start, start + statsAtOnce);
    const sizes = await Promise.all(part.map(async (file) => (await stat(file)).size));
    for (const [i, file] of part.entries())
      hash.update(`${toJson([file.slice(folder.length + 1), sizes[i]])}\n`);
  }
  return hash.digest('hex');
}

/** Files that are asked for their sizes together. */
const statsAtOnce = 64;

/** Neighbouring images of a source. */
function rowsOfSource({ batches }: ImageSource, { first, count }: ReturnType<typeof rowsOf>): ImageSource {
  return {
    size: count,
    async *batches() {
      let before = 0;
      for await (const images of batches()) {
        const from = Math.max(0, first - before);
        const to = Math.min(images.count, first + count - before);
        before += images.count;
        if (from < to) {
          const length = images.data.length / images.count;
          yield { ...images, count: to - from, data: images.data.subarray(from * length, to * length) };
        }
        if (before >= first + count) return;
      }
    },
  };
}

const noImages: ImageSource = {
  size: 0,
  async *batches() {
    // There are none.
  },
};

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
