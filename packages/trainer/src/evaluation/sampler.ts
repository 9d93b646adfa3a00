import { ShapeError, type LatentOptions, type RoleId, type SampleBatch } from '@dist-gan/core';
import type { Executor } from '../executor/executor.js';

/** Latents to samples. */
export type Sampler = (latents: Float32Array) => Promise<SampleBatch>;

/**
 * A sampler that runs a generator in batches of the training's size, because with batch norm a sample depends on the
 * batch it is made in. Where latents run out in the last batch they are repeated from the first on.
 *
 * @returns given latents `[count, dimension]` row-major, `count` samples in the same order
 */
export function createSampler({
  executor,
  role,
  latents: { dimension },
  batchSize,
  sampleShape,
}: {
  executor: Executor;
  role: RoleId;
  latents: LatentOptions;
  batchSize: number;
  sampleShape: readonly number[];
}): Sampler {
  const sampleLength = sampleShape.reduce((product, size) => product * size, 1);
  return async (latents) => {
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
      const samples = await executor.generate(role, batchOfLatents(latents, dimension, first, batchSize));
      const wanted = Math.min(batchSize, count - first);
      data.set(samples.subarray(0, wanted * sampleLength), first * sampleLength);
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
