import { ShapeError, type LatentOptions, type SampleBatch } from '@dist-gan/core';

/** Latents to samples. */
export type Sampler = (latents: Float32Array, options?: SamplingOptions) => Promise<SampleBatch>;

export interface SamplingOptions {
  /** Called after every batch with how much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Stops after the batch at hand: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A sampler that runs a generator in batches of the training's size, because with batch norm a sample depends on the
 * batch it is made in. Where latents run out in the last batch they are repeated from the first on.
 *
 * @param generate one batch of samples from `batchSize` latents
 * @returns given latents `[count, dimension]` row-major, `count` samples in the same order
 */
export function createSampler({
  generate,
  latents: { dimension },
  batchSize,
  sampleShape,
}: {
  generate: (latents: Float32Array) => Promise<Float32Array>;
  latents: LatentOptions;
  batchSize: number;
  sampleShape: readonly number[];
}): Sampler {
  const sampleLength = sampleShape.reduce((product, size) => product * size, 1);
  return async (latents, { onProgress, signal } = {}) => {
    const count = latents.length / dimension;
    if (!Number.isInteger(count) || count === 0) {
      throw new ShapeError(
        `generate: latents must be whole rows of ${dimension} numbers, got ${latents.length} numbers`,
        'latents',
        [latents.length],
        `[count, ${dimension}], row-major`,
      );
    }
    const data = new Float32Array(count * sampleLength);
    for (let first = 0; first < count; first += batchSize) {
      signal?.throwIfAborted();
      const samples = await generate(batchOfLatents(latents, dimension, first, batchSize));
      const wanted = Math.min(batchSize, count - first);
      data.set(samples.subarray(0, wanted * sampleLength), first * sampleLength);
      onProgress?.((first + wanted) / count);
    }
    return { data, count, sampleShape };
  };
}

/** `batchSize` rows from row `first` on, beginning again at row 0 where they end. */
function batchOfLatents(
  latents: Float32Array,
  dimension: number,
  first: number,
  batchSize: number,
): Float32Array {
  const start = first * dimension;
  const length = batchSize * dimension;
  if (start + length <= latents.length) return latents.slice(start, start + length);
  return Float32Array.from({ length }, (_, i) => latents[(start + i) % latents.length]);
}
