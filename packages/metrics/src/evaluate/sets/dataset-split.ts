import type { Dataset, JsonObject } from '@dist-gan/core';

/** Which images the first of a data set are, as results say it. */
export function datasetSplit({ id, size, options }: Dataset, count: number): JsonObject {
  const { split, batches, background } = options;
  return {
    dataset: id,
    ...(split !== undefined && { split }),
    ...(batches !== undefined && { batches }),
    ...(background !== undefined && { background }),
    first: count,
    of: size,
  };
}
