import type { Dataset } from '@dist-gan/core';
import type { ImageBatch } from './image-batch.js';
import { quantizeImages } from './quantize.js';

export interface DatasetImagesOptions {
  /** Which samples, in this order. Default: all. */
  readonly indices?: ArrayLike<number>;
}

/** Samples read at once. */
const readAtOnce = 256;

/** The images of a data set as bytes; those of float data sets are rounded. */
export function datasetImages(
  dataset: Dataset,
  { indices = Uint32Array.from({ length: dataset.size }, (_, i) => i) }: DatasetImagesOptions = {},
): { readonly size: number; batches(): AsyncGenerator<ImageBatch> } {
  return {
    size: indices.length,
    async *batches() {
      for (let start = 0; start < indices.length; start += readAtOnce) {
        const chosen = Array.prototype.slice.call(indices, start, start + readAtOnce) as number[];
        const data = await dataset.batch(chosen);
        const images = { count: chosen.length, sampleShape: dataset.sampleShape };
        yield data instanceof Uint8Array
          ? { data, ...images }
          : quantizeImages({ data, ...images }, dataset.range);
      }
    },
  };
}
