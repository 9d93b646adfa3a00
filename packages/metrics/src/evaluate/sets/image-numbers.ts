import { OptionError, ShapeError } from '@dist-gan/core';
import type { ImageSource } from '../../extractors/extract-dataset.js';
import type { FeatureExtractor } from '../../extractors/feature-extractor.js';
import { functionExtractor } from '../../extractors/function-extractor.js';

/**
 * The extractor that extracts nothing: the bytes of an image are its features.
 *
 * @throws (from `extract`) ShapeError for images of another shape, whose numbers stand for other places
 */
export function imageNumbers(sampleShape: readonly number[]): FeatureExtractor {
  return functionExtractor({
    id: 'none: the numbers of an image',
    layer: sampleShape.join(' x '),
    dimension: sampleShape.reduce((product, extent) => product * extent, 1),
    features({ data, sampleShape: given }) {
      if (given.join() === sampleShape.join()) return Float32Array.from(data);
      throw new ShapeError(
        `features of images that are their numbers: an image has shape [${given.join(', ')}], the first one ` +
          `[${sampleShape.join(', ')}]; bring all to one size, or name an extractor`,
        'sampleShape',
        given,
        `[${sampleShape.join(', ')}]`,
      );
    },
    batchSize: 256,
    fingerprint: `numbers of images ${sampleShape.join('x')}`,
  });
}

/** The shape of the first image. @throws OptionError when there is none */
export async function firstShape({ batches }: Pick<ImageSource, 'batches'>): Promise<readonly number[]> {
  for await (const { sampleShape } of batches()) return sampleShape;
  throw new OptionError('there are no images', 'images', 0);
}
