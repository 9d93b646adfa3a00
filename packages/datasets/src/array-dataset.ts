import type { Dataset, SampleData } from '@dist-gan/core';
import { assertIndices } from './assert-indices.js';

/** What is known of a data set beside its samples. */
type Description = Omit<Dataset, 'size' | 'batch'>;

/** Makes a data set from an array that holds all samples, one after the other. The array is kept, not copied. */
export function arrayDataset<Data extends SampleData>(
  description: Description,
  data: Data,
): Dataset & { batch(indices: ArrayLike<number>): Data } {
  const { id, sampleShape } = description;
  const length = sampleShape.reduce((product, extent) => product * extent, 1);
  const size = data.length / length;
  return {
    ...description,
    size,
    batch(indices) {
      assertIndices(id, indices, size);
      const numbers = indices.length * length;
      const batch = (
        data instanceof Uint8Array ? new Uint8Array(numbers) : new Float32Array(numbers)
      ) as Data;
      for (let i = 0; i < indices.length; i++) {
        const index = indices[i];
        batch.set(data.subarray(index * length, (index + 1) * length), i * length);
      }
      return batch;
    },
  };
}
