import type { Attributes, Value, ValueType } from './types.js';

/** What a graph must know of an operation: shape and type of its result, or of each of several. */
export interface ShapeRule {
  readonly infer: (inputs: readonly Value[], attributes: Attributes) => ValueType | readonly ValueType[];
}

/** The operations that may stand in a graph, by name. */
export type OperationTable = (op: string) => ShapeRule;

/** Shapes and types of all results of an operation. */
export function resultTypes(
  table: OperationTable,
  { op, inputs, attributes }: Pick<Value, 'op' | 'inputs' | 'attributes'>,
): readonly ValueType[] {
  if (op === 'Result') return [resultTypes(table, inputs[0])[attributes.index as number]];
  const types = table(op).infer(inputs, attributes);
  return 'shape' in types ? [types] : types;
}
