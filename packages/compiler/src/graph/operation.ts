import type { Attributes, Operation, Traits, Value, ValueType } from './types.js';

/** Whether one of these operations computes a value; its attributes are theirs then. */
export function isOperation<Own extends Attributes>(
  value: Value,
  ...operations: readonly Operation<Own>[]
): value is Value<Own> {
  return (operations as readonly unknown[]).includes(value.operation);
}

/** Whether an operation works element by element, with broadcasting and nothing else. */
export function isElementwise({ operation }: Value): boolean {
  return operation.element !== undefined;
}

/** What a pass may do with the operation of a value. */
export function traitsOf<Own extends Attributes>({ operation }: Value<Own>): Traits<Own> {
  return operation.traits ?? {};
}

/** Shapes and types of all results of an operation. */
export function resultTypes<Own extends Attributes>(
  operation: Operation<Own>,
  inputs: readonly Value[],
  attributes: Own,
): readonly ValueType[] {
  const types = operation.infer(inputs, attributes);
  return 'shape' in types ? [types] : types;
}
