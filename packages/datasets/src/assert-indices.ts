import { OptionError } from '@dist-gan/core';

/** @throws OptionError naming the first index that is no whole number from 0 to `size` - 1 */
export function assertIndices(id: string, indices: ArrayLike<number>, size: number): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i];
    if (Number.isInteger(index) && index >= 0 && index < size) continue;
    throw new OptionError(
      `${id}.batch: index ${index} names no sample, wanted a whole number from 0 to ${size - 1}`,
      'indices',
      index,
    );
  }
}
