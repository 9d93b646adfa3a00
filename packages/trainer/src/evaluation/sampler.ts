import { ShapeError, type SampleBatch } from '@dist-gan/core';

/** Rows of numbers to samples: latents, or samples that are reconstructed. */
export type Sampler = (rows: Float32Array, options?: SamplingOptions) => Promise<SampleBatch>;

export interface SamplingOptions {
  /** Called after every batch with how much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Stops after the batch at hand: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A sampler that runs networks in batches of the training's size, because with batch norm a sample depends on the
 * batch it is made in. Where rows run out in the last batch they are repeated from the first on.
 *
 * @param what how messages call the rows: `generate: latents`
 * @param apply one batch of samples from `batchSize` rows
 * @returns given `[count, rowLength]` row-major, `count` samples in the same order
 */
export function createSampler({
  what,
  apply,
  rowLength,
  batchSize,
  sampleShape,
}: {
  what: string;
  apply: (batch: Float32Array) => Promise<Float32Array>;
  rowLength: number;
  batchSize: number;
  sampleShape: readonly number[];
}): Sampler {
  const sampleLength = sampleShape.reduce((product, size) => product * size, 1);
  return async (rows, { onProgress, signal } = {}) => {
    const count = rows.length / rowLength;
    if (!Number.isInteger(count) || count === 0) {
      throw new ShapeError(
        `${what} must be whole rows of ${rowLength} numbers, got ${rows.length} numbers`,
        what,
        [rows.length],
        `[count, ${rowLength}], row-major`,
      );
    }
    const data = new Float32Array(count * sampleLength);
    for (let first = 0; first < count; first += batchSize) {
      signal?.throwIfAborted();
      const samples = await apply(batchOfRows(rows, rowLength, first, batchSize));
      const wanted = Math.min(batchSize, count - first);
      data.set(samples.subarray(0, wanted * sampleLength), first * sampleLength);
      onProgress?.((first + wanted) / count);
    }
    return { data, count, sampleShape };
  };
}

/** `batchSize` rows from row `first` on, beginning again at row 0 where they end. */
function batchOfRows(rows: Float32Array, rowLength: number, first: number, batchSize: number): Float32Array {
  const start = first * rowLength;
  const length = batchSize * rowLength;
  if (start + length <= rows.length) return rows.slice(start, start + length);
  return Float32Array.from({ length }, (_, i) => rows[(start + i) % rows.length]);
}
