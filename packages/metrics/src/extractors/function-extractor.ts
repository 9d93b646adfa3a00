import type { JsonObject } from '@dist-gan/core';
import type { ImageBatch } from './images/image-batch.js';
import { BatchExtractor } from './batch-extractor.js';
import type { FeatureExtractor } from './feature-extractor.js';

export interface FunctionExtractorOptions {
  readonly id: string;
  /** Default `output`. */
  readonly layer?: string;
  /** Numbers in one feature vector. */
  readonly dimension: number;
  /** Feature vectors of some images, one after another: `[count, dimension]`, row-major. */
  readonly features: (images: ImageBatch) => Float32Array | Promise<Float32Array>;
  /** Images in one call of `features`. Default 32. */
  readonly batchSize?: number;
  /** What the features depend on beside `id` and `layer`. */
  readonly protocol?: JsonObject;
  /** What else decides the features: with it, statistics of them may be kept. See `FeatureExtractor.fingerprint`. */
  readonly fingerprint?: string;
}

/**
 * An extractor from a function, for what is neither a `tf.LayersModel` nor an ONNX file.
 *
 * @example
 * const brightness = functionExtractor({
 *   id: 'brightness',
 *   dimension: 1,
 *   features: ({ data, count }) =>
 *     Float32Array.from({ length: count }, (_, i) => {
 *       const image = data.subarray((i * data.length) / count, ((i + 1) * data.length) / count);
 *       return image.reduce((sum, byte) => sum + byte, 0) / image.length;
 *     }),
 * });
 */
export function functionExtractor(options: FunctionExtractorOptions): FeatureExtractor {
  const { id, layer = 'output', dimension, features, batchSize = 32, protocol, fingerprint } = options;
  return new BatchExtractor({
    id,
    layer,
    dimension,
    batchSize,
    protocol,
    ...(fingerprint !== undefined && { fingerprint }),
    run: async (images) => features(images),
  });
}
