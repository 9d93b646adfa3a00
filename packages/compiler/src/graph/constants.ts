import { isOperation } from './operation.js';
import { allocate, sizeOf } from './shape.js';
import { constant } from './sources.js';
import type { Content, Data, Value } from './types.js';

/** The element that a constant repeats everywhere, or undefined. */
export function repeatedElement(value: Value): number | undefined {
  if (!isOperation(value, constant)) return undefined;
  const { data } = value.attributes;
  return data.length === 1 ? data[0] : undefined;
}

/** Every element of a constant, also of one that is stored as a single repeated element. */
export function elementsOf({ attributes: { data }, shape, dtype }: Value<Content>): Data {
  const size = sizeOf(shape);
  return data.length === size ? data : allocate(dtype, size).fill(data[0]);
}
