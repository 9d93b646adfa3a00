import type { Dataset, JsonObject, JsonValue } from '@dist-gan/core';
import { arrayDataset } from './array-dataset.js';

/** Images of one byte per channel and pixel, each with a class. */
export interface LabelledImages extends Dataset {
  readonly labels: Uint8Array;
  batch(indices: ArrayLike<number>): Uint8Array;
}

export interface ImagesDescription extends Pick<Dataset, 'id' | 'title' | 'source' | 'sampleShape'> {
  /** Resolved; what is undefined is not recorded. */
  readonly options: Readonly<Record<string, JsonValue | undefined>>;
}

/** Makes a data set of images that are in memory, one byte per channel and pixel, `[count, height, width, channels]`. */
export function imagesInMemory(description: ImagesDescription, images: Uint8Array) {
  return arrayDataset(describedImages(description), images);
}

/** What all data sets of bytes have in common. */
export function describedImages(description: ImagesDescription): Omit<Dataset, 'size' | 'batch'> {
  return { ...description, options: recorded(description.options), range: [0, 1] };
}

/** The same with a class for each. */
export function labelledImages(
  description: ImagesDescription,
  { images, labels }: { readonly images: Uint8Array; readonly labels: Uint8Array },
): LabelledImages {
  return { ...imagesInMemory(description, images), labels };
}

/** Options as they are recorded: plain JSON, without those that were not given. */
export function recorded(options: ImagesDescription['options']): JsonObject {
  return Object.fromEntries(
    Object.entries(options).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
