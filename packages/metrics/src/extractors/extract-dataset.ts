import { ShapeError, type Dataset } from '@dist-gan/core';
import { allocateMatrix } from '../features/allocate-matrix.js';
import type { Features } from '../features/feature-matrix.js';
import { datasetImages, type DatasetImagesOptions } from './images/dataset-images.js';
import type { ImageBatch } from './images/image-batch.js';
import type { ExtractOptions, FeatureExtractor } from './feature-extractor.js';

/** Images in pieces, and how many there are: a picture folder, the samples of a generator. */
export interface ImageSource {
  readonly size: number;
  readonly batches: () => AsyncIterable<ImageBatch>;
}

/**
 * Features of all images of a source, piece by piece: what streams (moments of a Fréchet distance) never holds them
 * all.
 */
export async function* featureBatches(
  extractor: FeatureExtractor,
  { size, batches }: ImageSource,
  { onProgress, signal }: ExtractOptions = {},
): AsyncGenerator<Features> {
  let before = 0;
  for await (const images of batches()) {
    const done = before;
    yield await extractor.extract(images, {
      signal,
      onProgress: (part) => onProgress?.((done + part * images.count) / size),
    });
    before += images.count;
  }
}

/**
 * Features of all images of a source as one matrix.
 *
 * @throws ShapeError when there are more than the source said
 */
export async function extractAll(
  extractor: FeatureExtractor,
  source: ImageSource,
  options?: ExtractOptions,
): Promise<Features> {
  const { dimension, protocol } = extractor;
  const data = allocateMatrix(Float32Array, [source.size, dimension], `features ${extractor.id}`);
  let written = 0;
  for await (const features of featureBatches(extractor, source, options)) {
    if (written + features.data.length > data.length) {
      throw new ShapeError(
        `features ${extractor.id}: the source says that it has ${source.size} images, and gives ` +
          `${(written + features.data.length) / dimension} or more; correct its size`,
        'size',
        [source.size],
        'as many as batches() gives',
      );
    }
    data.set(features.data, written);
    written += features.data.length;
  }
  // Pictures that could not be read are fewer than were counted.
  return { data: data.subarray(0, written), dimension, protocol };
}

/** Features of a data set, or of some of its samples, as one matrix. */
export function extractDataset(
  extractor: FeatureExtractor,
  dataset: Dataset,
  { indices, ...options }: ExtractOptions & DatasetImagesOptions = {},
): Promise<Features> {
  return extractAll(extractor, datasetImages(dataset, { indices }), options);
}
