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
