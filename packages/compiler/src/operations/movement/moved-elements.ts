import { allocate, sizeOf } from '../../graph/shape.js';
import type { Data, Value } from '../../graph/types.js';

/** The elements at `source(index)` of the operand, for every index of the result. */
export function moved(value: Value, data: Data, source: (index: readonly number[]) => number): Data {
  const result = allocate(value.dtype, sizeOf(value.shape));
  const index = new Array<number>(value.shape.length).fill(0);
  for (let at = 0; at < result.length; at++) {
    result[at] = data[source(index)];
    for (let axis = index.length - 1; axis >= 0 && ++index[axis] === value.shape[axis]; axis--)
      index[axis] = 0;
  }
  return result;
}

export const dot = (index: readonly number[], strides: readonly number[]) =>
  index.reduce((sum, position, axis) => sum + position * strides[axis], 0);
