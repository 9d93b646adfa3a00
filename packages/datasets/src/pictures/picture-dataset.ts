import { DatasetFormatError, nonNegative, positiveInteger, type Dataset } from '@dist-gan/core';
import * as v from 'valibot';
import { assertIndices } from '../assert-indices.js';
import { builtin } from '../files/file-system.js';
import { describedImages, imagesInMemory, type ImagesDescription } from '../labelled-images.js';
import { PictureDecoder, type PictureForm } from './picture-decoder.js';

/** Options of every data set of picture files. */
export const pictureOptions = {
  /**
   * Up to so many megabytes of decoded images are kept in memory; pictures that take more are decoded anew each time
   * they are asked for. 0: never kept.
   */
  memoryMegabytes: v.optional(nonNegative, 1024),
  /** Threads that decode. Default: one for each core, four at the most. The images do not depend on it. */
  workers: v.optional(positiveInteger),
};

/** A picture that cannot be used. */
export interface BrokenPicture {
  readonly file: string;
  readonly reason: string;
}

/** Images from picture files. */
export interface PictureDataset extends Dataset {
  /** Pictures that cannot be used, as far as they were found. */
  readonly broken: readonly BrokenPicture[];
  batch(indices: ArrayLike<number>): Uint8Array | Promise<Uint8Array>;
}

type Description = Omit<ImagesDescription, 'sampleShape'>;

interface Reading {
  readonly memoryMegabytes: number;
  readonly workers?: number;
  readonly notice: (message: string) => void;
}

/** Pictures that are decoded at once when all are read. */
const decodedAtOnce = 512;

/** From so many pictures on, reading all of them is announced: it takes a while. */
const manyPictures = 5000;

/** Broken pictures that a notice names. */
const namedAtMost = 5;

/**
 * Makes a data set of picture files, all of one form.
 *
 * In memory, broken pictures are left out. Of pictures that are decoded when they are asked for, a broken one is found
 * only then: the next whole one stands in for it.
 *
 * @throws DatasetFormatError when no picture can be decoded
 * @throws BackendError when sharp is not installed
 */
export async function pictureDataset(
  description: Description,
  files: readonly string[],
  form: PictureForm,
  { memoryMegabytes, workers, notice }: Reading,
): Promise<PictureDataset> {
  const sampleShape = [form.height, form.width, form.channels];
  const bytes = files.length * form.height * form.width * form.channels;
  const decoder = new PictureDecoder(form, workers ?? defaultWorkers());
  const described = { ...description, sampleShape };
  if (bytes > memoryMegabytes * 2 ** 20) return streamedPictures(described, files, decoder, notice);
  if (files.length >= manyPictures) {
    notice(
      `${description.id}: reading ${files.length} pictures into memory (${(bytes / 2 ** 20).toFixed(0)} MB)`,
    );
  }
  try {
    const { images, broken } = await decodeAll(files, bytes / files.length, decoder);
    if (broken.length > 0) notice(leftOut(description.id, broken, files.length));
    if (images.length === 0) throw nothingWhole(description.id, broken[0]);
    return { ...imagesInMemory(described, images), broken };
  } finally {
    await decoder.close();
  }
}

/** All whole pictures, one after the other, and those that are not. */
async function decodeAll(
  files: readonly string[],
  length: number,
  decoder: PictureDecoder,
): Promise<{ images: Uint8Array; broken: BrokenPicture[] }> {
  const images = new Uint8Array(files.length * length);
  const broken: BrokenPicture[] = [];
  let whole = 0;
  for (let start = 0; start < files.length; start += decodedAtOnce) {
    const part = files.slice(start, start + decodedAtOnce);
    const decoded = await decoder.decode(part);
    const places = new Map(decoded.broken.map(({ place, reason }) => [place, reason]));
    for (const [place, file] of part.entries()) {
      const reason = places.get(place);
      if (reason !== undefined) broken.push({ file, reason });
      else images.set(decoded.data.subarray(place * length, (place + 1) * length), whole++ * length);
    }
  }
  return { images: images.subarray(0, whole * length), broken };
}

/** Pictures that are decoded when they are asked for. */
function streamedPictures(
  description: ImagesDescription,
  files: readonly string[],
  decoder: PictureDecoder,
  notice: (message: string) => void,
): PictureDataset {
  const { id, sampleShape } = description;
  const length = sampleShape.reduce((product, extent) => product * extent, 1);
  const broken = new Map<string, BrokenPicture>();

  /** The first file from this index on that is not known to be broken; behind the last comes the first. */
  const wholeFrom = (index: number): string => {
    for (let i = 0; i < files.length; i++) {
      const file = files[(index + i) % files.length];
      if (!broken.has(file)) return file;
    }
    throw nothingWhole(id, broken.get(files[index])!);
  };
  const remember = (found: BrokenPicture) => {
    if (broken.has(found.file)) return;
    broken.set(found.file, found);
    if (broken.size <= namedAtMost) {
      notice(`${id}: ${found.file} cannot be used (${found.reason}); the next picture stands in for it`);
    }
  };
  return {
    ...describedImages(description),
    size: files.length,
    get broken() {
      return [...broken.values()];
    },
    async batch(indices) {
      assertIndices(id, indices, files.length);
      const batch = new Uint8Array(indices.length * length);
      let places = Array.from(indices, (_, place) => place);
      while (places.length > 0) {
        const chosen = places.map((place) => wholeFrom(indices[place]));
        const decoded = await decoder.decode(chosen);
        const again = new Set(decoded.broken.map(({ place }) => place));
        for (const { place, reason } of decoded.broken) remember({ file: chosen[place], reason });
        places.forEach((place, i) => {
          if (again.has(i)) return;
          batch.set(decoded.data.subarray(i * length, (i + 1) * length), place * length);
        });
        places = places.filter((_, i) => again.has(i));
      }
      return batch;
    },
  };
}

function defaultWorkers(): number {
  // Node decodes in four threads of its own, whoever asks: more workers than that wait for one another.
  return Math.min(4, builtin('node:os').availableParallelism());
}

function leftOut(id: string, broken: readonly BrokenPicture[], count: number): string {
  const named = broken.slice(0, namedAtMost).map(({ file, reason }) => `${file} (${reason})`);
  const more = broken.length > namedAtMost ? `, and ${broken.length - namedAtMost} more` : '';
  return `${id}: ${broken.length} of ${count} pictures cannot be used and are left out: ${named.join(', ')}${more}`;
}

function nothingWhole(id: string, { file, reason }: BrokenPicture): DatasetFormatError {
  return new DatasetFormatError(
    `${id}: no picture can be used; the first is ${file} (${reason}); check the files and the options crop and resize`,
    file,
    0,
  );
}
