import type { GraphBuilder } from '../graph/builder.js';
import type { Operation, Value } from '../graph/types.js';
import { castTo } from '../operations/elementwise/cast.js';

/** An operand in a type that the operation takes: a bool among numbers counts as 0 or 1. */
export function accepted(
  graph: GraphBuilder,
  value: Value,
  { accepts = [value.dtype] }: Pick<Operation, 'accepts'>,
): Value {
  if (accepts.includes(value.dtype)) return value;
  return castTo(graph, value, value.dtype === 'bool' && accepts.includes('int32') ? 'int32' : accepts[0]);
}
