import { OptionError } from '@dist-gan/core';
import type { ImageSource } from '../../extractors/extract-dataset.js';
import type { FeatureExtractor } from '../../extractors/feature-extractor.js';
import { functionExtractor } from '../../extractors/function-extractor.js';

/** The extractor that extracts nothing: the bytes of an image are its features. */
export function imageNumbers(sampleShape: readonly number[]): FeatureExtractor {
  return functionExtractor({
    id: 'none: the numbers of an image',
    layer: sampleShape.join(' x '),
    dimension: sampleShape.reduce((product, extent) => product * extent, 1),
    features: ({ data }) => Float32Array.from(data),
    batchSize: 256,
    fingerprint: `numbers of images ${sampleShape.join('x')}`,
  });
}

/** The shape of the first image. @throws OptionError when there is none */
export async function firstShape({ batches }: ImageSource): Promise<readonly number[]> {
  for await (const { sampleShape } of batches()) return sampleShape;
  throw new OptionError('there are no images', 'images', 0);
}
