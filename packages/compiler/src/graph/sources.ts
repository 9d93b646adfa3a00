import { isOperation, resultTypes } from './operation.js';
import type { Attributes, Content, Named, Operation, Value } from './types.js';

/** What a graph begins with. Its values are made with their type, which no rule gives. */
function source<Own extends Attributes>(name: string): Operation<Own> {
  const infer = () => {
    throw new Error(`${name} has the type with which it is made`);
  };
  return { name, infer };
}

/** What is fed in every call. */
export const input = source<Named>('Input');

/** What the engine keeps between calls. */
export const state = source<Named>('State');

/** What is the same in every call. Data of length 1 fills the whole shape. */
export const constant = source<Content>('Constant');

export const isSource = (value: Value): boolean =>
  isOperation(value, input, state) || isOperation(value, constant);

/** A result of an operation with several, other than the first, which is the operation itself. */
export const result: Operation<{ readonly index: number }> = {
  name: 'Result',
  infer: ([{ operation, inputs, attributes }], { index }) =>
    resultTypes(operation, inputs, attributes)[index],
};
