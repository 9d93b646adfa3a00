import { DisposedError, NonFiniteError, OptionError, ShapeError, type JsonObject } from '@dist-gan/core';
import { canonicalJson } from '../canonical-json.js';
import { allocateMatrix } from '../features/allocate-matrix.js';
import type { FeatureProtocol, Features } from '../features/feature-matrix.js';
import { checkImages, sliceImages, type ImageBatch } from './images/image-batch.js';
import type { ExtractOptions, FeatureExtractor } from './feature-extractor.js';

/** To be raised when the code that prepares or extracts gives other features of the same bytes. */
const codeVersion = 2;

interface BatchExtractorOptions {
  readonly id: string;
  readonly layer: string;
  readonly dimension: number;
  readonly batchSize: number;
  readonly protocol?: JsonObject;
  /** What decides the features beside id, layer and protocol: a digest of the weights. */
  readonly fingerprint?: string;
  /** Features of at most `batchSize` images. */
  readonly run: (images: ImageBatch) => Promise<Float32Array>;
  readonly release?: () => Promise<void>;
}

/** Cuts images into batches, between which other work has its turn. */
export class BatchExtractor implements FeatureExtractor {
  readonly id: string;
  readonly layer: string;
  readonly dimension: number;
  readonly protocol: FeatureProtocol;
  readonly fingerprint?: string;
  private disposed = false;

  constructor(private readonly options: BatchExtractorOptions) {
    const { id, layer, dimension, batchSize, protocol, fingerprint } = options;
    if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
      throw new OptionError(
        `features ${id}: batchSize must be a whole number of at least 1, got ${batchSize}`,
        'batchSize',
        batchSize,
      );
    }
    this.id = id;
    this.layer = layer;
    this.dimension = dimension;
    this.protocol = { extractor: id, layer, ...protocol };
    if (fingerprint !== undefined) {
      this.fingerprint = canonicalJson({ protocol: this.protocol, fingerprint, codeVersion });
    }
  }

  async extract(images: ImageBatch, { onProgress, signal }: ExtractOptions = {}): Promise<Features> {
    checkImages(`features ${this.id}`, images);
    const { count } = images;
    const data = allocateMatrix(Float32Array, [count, this.dimension], `features ${this.id}`);
    for (let start = 0; start < count; start += this.options.batchSize) {
      if (this.disposed) throw new DisposedError(`the feature extractor ${this.id}`);
      signal?.throwIfAborted();
      const end = Math.min(count, start + this.options.batchSize);
      const features = await this.options.run(sliceImages(images, start, end));
      this.checkCount(features, end - start);
      data.set(features, start * this.dimension);
      onProgress?.(end / count);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    this.checkFinite(data);
    return { data, dimension: this.dimension, protocol: this.protocol };
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    await this.options.release?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** Too many would lie in the rows of others, and of too few the rest would be zeros. */
  private checkCount({ length }: Float32Array, images: number): void {
    if (length === images * this.dimension) return;
    throw new ShapeError(
      `features ${this.id}: ${images} images must give ${images * this.dimension} numbers, got ${length}`,
      'features',
      [length],
      `[${images}, ${this.dimension}]`,
    );
  }

  private checkFinite(data: Float32Array): void {
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) return;
    const image = Math.floor(bad / this.dimension);
    throw new NonFiniteError(
      `features ${this.id}: feature ${bad % this.dimension} of image ${image} is ${data[bad]}; look at the network's weights`,
      `image ${image}`,
    );
  }
}
