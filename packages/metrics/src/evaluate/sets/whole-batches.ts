import type { ImageSource } from '../../extractors/extract-dataset.js';
import { firstImages } from './first-images.js';

/** Images that TTUR's program passes through the network at once. */
const batchSize = 50;

/** The images that make whole batches: TTUR's program drops the others, unless there is no whole batch. */
export function wholeBatches(images: ImageSource): ImageSource {
  return firstImages(images, sizeOfWholeBatches(images.size));
}

/** How many of so many images are in whole batches. */
export function sizeOfWholeBatches(size: number): number {
  return size < batchSize ? size : size - (size % batchSize);
}
