import { allocate, sizeOf } from './shape.js';
import type { Data, Value } from './types.js';

/** The element that a constant repeats everywhere, or undefined. */
export function repeatedElement(value: Value): number | undefined {
  if (value.op !== 'Constant') return undefined;
  const data = value.attributes.data as Data;
  return data.length === 1 ? data[0] : undefined;
}

/** Every element of a constant, also of one that is stored as a single repeated element. */
export function elementsOf(constant: Value): Data {
  const data = constant.attributes.data as Data;
  const size = sizeOf(constant.shape);
  return data.length === size ? data : allocate(constant.dtype, size).fill(data[0]);
}
