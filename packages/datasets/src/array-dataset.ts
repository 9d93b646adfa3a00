import { OptionError, type Dataset, type SampleData } from '@dist-gan/core';
import { assertIndices } from './assert-indices.js';

/** What is known of a data set beside its samples. */
export type ArrayDescription = Omit<Dataset, 'size' | 'batch'>;

/**
 * Makes a data set from an array that holds all samples, one after the other. The array is kept, not copied.
 *
 * @param description its id, title and source, and what its samples are: their shape, and the range of their values; bytes are
 *   brought to the range by the trainer
 * @param data of bytes or of float32, in the range
 * @throws OptionError when it holds no whole number of samples, or none
 */
export function arrayDataset<Data extends SampleData>(
  description: ArrayDescription,
  data: Data,
): Dataset & { batch(indices: ArrayLike<number>): Data } {
  const { id, sampleShape } = description;
  const length = sampleShape.reduce((product, extent) => product * extent, 1);
  const size = data.length / length;
  if (!Number.isInteger(size) || size === 0) {
    throw new OptionError(
      `${id}: samples of shape [${sampleShape.join(', ')}] have ${length} numbers each, and the array has ${data.length}; give a whole number of samples`,
      'data',
      data.length,
    );
  }
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
