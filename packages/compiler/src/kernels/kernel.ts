import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/types.js';

/** One call of a TensorFlow.js kernel, its tensors replaced by graph values. */
export interface KernelCall<Attributes extends object = object> {
  readonly graph: GraphBuilder;
  /** Operands by the kernel's own names; an optional operand that is not given is missing. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** Operands in order, for kernels that take a list. */
  readonly list: readonly Value[];
  /** As TensorFlow.js types them. */
  readonly attributes: Attributes;
}

/** One entry of the kernel table: what a kernel of TensorFlow.js is in operations of the graph. */
export interface Kernel<Attributes extends object = object> {
  readonly name: string;
  /** The value, or the values, that it computes. */
  record(call: KernelCall<Attributes>): Value | Value[];
}
