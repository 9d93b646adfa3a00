import { nonNegative, positiveInteger } from '@dist-gan/core';
import * as v from 'valibot';
import { builtin } from '../files/file-system.js';
import type { ImagesDescription } from '../labelled-images.js';
import { PictureDecoder, type PictureForm } from './picture-decoder.js';
import type { PictureDataset, PictureFiles } from './picture-dataset.js';
import { picturesInMemory } from './pictures-in-memory.js';
import { streamedPictures } from './streamed-pictures.js';

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

interface Reading {
  readonly memoryMegabytes: number;
  readonly workers?: number | undefined;
  readonly notice: (message: string) => void;
}

/**
 * Makes a data set of picture files, all of one form: in memory where there is room for it, else decoded when they are
 * asked for.
 *
 * @throws DatasetFormatError when no picture can be used
 * @throws BackendError when sharp is not installed
 */
export async function pictureDataset(
  description: Omit<ImagesDescription, 'sampleShape'>,
  pictures: PictureFiles,
  form: PictureForm,
  { memoryMegabytes, workers = defaultWorkers(), notice }: Reading,
): Promise<PictureDataset> {
  const { height, width, channels } = form;
  const decoder = new PictureDecoder(form, workers);
  const described = { ...description, sampleShape: [height, width, channels] };
  const { files } = pictures;
  const megabytes = (files.length * height * width * channels) / 2 ** 20;
  const made =
    megabytes > memoryMegabytes
      ? streamedPictures(described, files, decoder, notice)
      : await picturesInMemory(described, files, decoder, notice);
  return Object.assign(made, { pictures });
}

function defaultWorkers(): number {
  // Node decodes in four threads of its own, whoever asks: more workers than that wait for one another.
  return Math.min(4, builtin('node:os').availableParallelism());
}
