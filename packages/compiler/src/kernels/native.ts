import type { Value } from '../graph/types.js';
import type { Lowering } from './kernel.js';
import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import { type, type NodeAttribute } from '../emitters/tensorflow-nodes.js';

/** The node of that name, with the same operands; `T` is the type of the first of them. */
export function native(
  op: string,
  attributes?: (value: Value) => Readonly<Record<string, NodeAttribute>>,
): Lowering<TensorFlowEmitter> {
  return {
    emit: (tensorflow, value, inputs) =>
      tensorflow.node(op, inputs, { T: type(value.inputs[0].dtype), ...attributes?.(value) }),
  };
}

/** A node of booleans, which has no type attribute. */
export function nativeLogical(op: string): Lowering<TensorFlowEmitter> {
  return { emit: (tensorflow, _value, inputs) => tensorflow.node(op, inputs) };
}
