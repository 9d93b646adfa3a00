import type { ImageSource } from '../../extractors/extract-dataset.js';
import type { EvaluationProtocol } from '../protocol/evaluation-protocols.js';
import { firstImages } from './first-images.js';

/** Images that TTUR's program passes through the network at once. */
const batchSize = 50;

/** The images that a protocol's program looks at: TTUR's drops those that make no whole batch, unless there is none. */
export function imagesLookedAt(
  { partialBatch }: Pick<EvaluationProtocol, 'partialBatch'>,
  images: ImageSource,
): ImageSource {
  return partialBatch === 'dropped' ? firstImages(images, sizeOfWholeBatches(images.size)) : images;
}

/** How many of so many images are in whole batches. */
export function sizeOfWholeBatches(size: number): number {
  return size < batchSize ? size : size - (size % batchSize);
}
