import type { Dataset, SampleBatch, SampleData } from '@dist-gan/core';

/** Samples of a data set that are read at once. */
const readAtOnce = 1000;

/** All samples of a data set, batch by batch. */
export async function* realSamples(dataset: Dataset): AsyncGenerator<SampleBatch> {
  for (let start = 0; start < dataset.size; start += readAtOnce) {
    const count = Math.min(readAtOnce, dataset.size - start);
    const indices = Uint32Array.from({ length: count }, (_, i) => start + i);
    yield batchOf(dataset, await dataset.batch(indices));
  }
}

/** Data of a data set as samples; bytes as the values that they stand for. */
export function batchOf(dataset: Dataset, data: SampleData): SampleBatch {
  const { sampleShape, range } = dataset;
  const length = sampleShape.reduce((product, extent) => product * extent, 1);
  return {
    data: data instanceof Uint8Array ? decode(data, range) : data,
    count: data.length / length,
    sampleShape,
  };
}

function decode(bytes: Uint8Array, [low, high]: Dataset['range']): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = low + ((high - low) * bytes[i]) / 255;
  return values;
}
