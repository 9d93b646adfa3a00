import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import { type, type NodeAttribute } from '../emitters/tensorflow-nodes.js';
import type { Attributes, Value } from '../graph/types.js';
import type { Lowering } from './definition.js';

/** The node of that name, with the same operands; `T` is the type of the first of them. */
export function native<Own extends Attributes>(
  name: string,
  attributes?: (value: Value<Own>) => Readonly<Record<string, NodeAttribute>>,
): Lowering<TensorFlowEmitter, Own> {
  return {
    emit: (tensorflow, value, inputs) =>
      tensorflow.node(name, inputs, { T: type(value.inputs[0].dtype), ...attributes?.(value) }),
  };
}

/** A node of booleans, which has no type attribute. */
export function nativeLogical<Own extends Attributes>(name: string): Lowering<TensorFlowEmitter, Own> {
  return { emit: (tensorflow, _value, inputs) => tensorflow.node(name, inputs) };
}
