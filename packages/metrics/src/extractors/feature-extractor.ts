/// <reference lib="esnext.disposable" preserve="true" />
import type { FeatureProtocol, Features } from '../features/feature-matrix.js';
import type { ImageBatch } from './images/image-batch.js';

/** Turns images into feature vectors: a network, or any function. */
export interface FeatureExtractor {
  /** The network: `inception-v3-fid`, `mnist-classifier`, ... */
  readonly id: string;
  /** Which of its layers: `2048`, `logits`, ... */
  readonly layer: string;
  /** Numbers in one feature vector. */
  readonly dimension: number;
  /** Everything that the features depend on; travels with them into every result. */
  readonly protocol: FeatureProtocol;
  /**
   * What decides the features of given bytes, weights and code included: equal fingerprints stand for equal features, so
   * that they may be kept. Absent for an extractor that cannot say it: nothing of it is kept.
   */
  readonly fingerprint?: string;
  /**
   * Features of images, in their order. They do not depend on what else is in the batch.
   *
   * @throws the reason of `signal` when it is aborted
   */
  extract(images: ImageBatch, options?: ExtractOptions): Promise<Features>;
  /** Frees what the extractor holds. It may be called twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ExtractOptions {
  /** Called after every batch with how much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Stops after the batch at hand: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}
