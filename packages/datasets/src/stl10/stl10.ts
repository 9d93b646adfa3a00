import { choice, DatasetFormatError, resolveOptions, type Dataset } from '@dist-gan/core';
import * as v from 'valibot';
import { filesNotFound, findFolder, placeOfFiles, type DatasetEnvironment } from '../environment.js';
import { compareWithPublished, md5, type Checksum } from '../files/checksum.js';
import { fileOptions } from '../files/file-options.js';
import { builtin, readBytes, readRecords } from '../files/file-system.js';
import { imagesInMemory, labelledImages } from '../labelled-images.js';
import { arrangeImage, channels, imageBytes, publishedSide } from './image-layout.js';
import { stl10Archive, stl10Files, stl10Splits } from './publication.js';

const schema = v.strictObject({
  /** `train` 5000 images, `test` 8000, `unlabeled` the 100,000 that GANs are trained on. */
  split: v.optional(choice(stl10Splits, JSON.stringify), 'unlabeled'),
  /** Height and width: 48, as GANs are compared on (0.7 GB for the unlabeled images), or the published 96 (2.8 GB). */
  side: v.optional(choice([48, 96]), 48),
  ...fileOptions,
});

export type Stl10Options = v.InferInput<typeof schema>;

/** What a file is held to. */
interface Comparison {
  readonly checksum: Checksum;
  readonly notice: (message: string) => void;
}

/** Images that are read at once. */
const imagesAtOnce = 256;
const classes = 10;
const subfolders = ['.', stl10Archive.folder, `stl10/${stl10Archive.folder}`, 'stl10'];

/**
 * STL-10: 96 x 96 colour photographs, or 48 x 48 by area, uint8; `train` and `test` with labels from 0 to 9 (airplane,
 * bird, car, cat, deer, dog, horse, monkey, ship, truck). Reads the binary files as published; they are larger than
 * memory might be, so they are read piece by piece.
 *
 * @throws OptionError for bad options
 * @throws DataNotFoundError when the files are not there
 * @throws DatasetFormatError when a file is damaged or is another one
 */
export async function stl10(
  options?: Stl10Options,
  environment: DatasetEnvironment = {},
): Promise<Dataset & { batch(indices: ArrayLike<number>): Uint8Array }> {
  const id = 'stl10';
  const resolved = resolveOptions(schema, options, id);
  const { split, side, checksum } = resolved;
  const comparison = { checksum, notice: environment.onNotice ?? (() => {}) };
  const place = placeOfFiles(resolved.folder, environment);
  const files = stl10Files[split];
  const folder = findFolder(place, subfolders, [files.images.name]);
  if (folder === undefined) {
    throw filesNotFound(
      id,
      files.images.name,
      place,
      `run dist-gan fetch stl10, or unpack ${stl10Archive.name} (cs.stanford.edu/~acoates/stl10) there`,
    );
  }
  const images = readImages(`${folder}/${files.images.name}`, side, files.images, comparison);
  const description = {
    id,
    title: `STL-10 (${split}), ${side} x ${side}`,
    source: {
      title: 'Coates, Lee, Ng: An Analysis of Single-Layer Networks in Unsupervised Feature Learning',
      year: 2011,
      reference: 'AISTATS 2011, PMLR 15:215-223',
    },
    options: resolved,
    sampleShape: [side, side, channels],
  };
  if (files.labels === undefined) return imagesInMemory(description, images);
  const count = images.length / (side * side * channels);
  const labels = readLabels(`${folder}/${files.labels.name}`, count, files.labels, comparison);
  return labelledImages(description, { images, labels });
}

function readImages(
  path: string,
  side: 48 | 96,
  { name, md5: published }: { readonly name: string; readonly md5: string },
  { checksum, notice }: Comparison,
): Uint8Array {
  const records = readRecords(path, imageBytes, imagesAtOnce);
  if (records.count === 0 || records.bytesLeft > 0) {
    const offset = records.count * imageBytes;
    throw new DatasetFormatError(
      `${path}, byte ${offset}: the file is no whole number of images of ${imageBytes} bytes (3 x ${publishedSide} x ` +
        `${publishedSide}); is it ${name} of ${stl10Archive.name}, and complete?`,
      path,
      offset,
    );
  }
  const length = side * side * channels;
  const images = new Uint8Array(records.count * length);
  const hash = checksum === 'ignore' ? undefined : builtin('node:crypto').createHash('md5');
  let done = 0;
  for (const piece of records.pieces()) {
    hash?.update(piece);
    for (let at = 0; at < piece.length; at += imageBytes, done++) {
      arrangeImage(
        piece.subarray(at, at + imageBytes),
        side,
        images.subarray(done * length, (done + 1) * length),
      );
    }
  }
  compareWithPublished(() => hash!.digest('hex'), path, publishedFile(name, published), checksum, notice);
  return images;
}

/** Published are 1 to 10; ours start from 0. */
function readLabels(
  path: string,
  count: number,
  { name, md5: published }: { readonly name: string; readonly md5: string },
  { checksum, notice }: Comparison,
): Uint8Array {
  const content = readBytes(path, 'unpack the archive again');
  if (content.length !== count) {
    throw new DatasetFormatError(
      `${path}, byte ${Math.min(content.length, count)}: ${content.length} labels for ${count} images; ` +
        'take both files of the same split',
      path,
      Math.min(content.length, count),
    );
  }
  const wrong = content.findIndex((label) => label < 1 || label > classes);
  if (wrong >= 0) {
    throw new DatasetFormatError(
      `${path}, byte ${wrong}: label ${content[wrong]}, wanted 1 to ${classes}; is it STL-10?`,
      path,
      wrong,
    );
  }
  compareWithPublished(() => md5(content), path, publishedFile(name, published), checksum, notice);
  return content.map((label) => label - 1);
}

function publishedFile(name: string, published: string) {
  return { description: `this is not the published ${name}`, md5: published, remedy: 'unpack it again' };
}
