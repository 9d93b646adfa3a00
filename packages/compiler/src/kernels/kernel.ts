import type { GraphBuilder } from '../graph/builder.js';
import type { ShapeRule } from '../graph/operation.js';
import type { Attributes, Data, Value } from '../graph/types.js';
import type { OnnxEmitter } from '../emitters/onnx-emitter.js';
import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';

/** One call of a TensorFlow.js kernel, its tensors replaced by graph values. */
export interface KernelCall {
  readonly graph: GraphBuilder;
  /** Operands by the kernel's own names; an optional operand that is not given is missing. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** Operands in order, for kernels that take a list. */
  readonly list: readonly Value[];
  readonly attributes: object;
}

/**
 * How an operation runs on a target: `emit` writes the target's own nodes and returns the name of the
 * result, or those of all results; `expand` writes it with other operations of the graph, before the passes run.
 */
export type Lowering<Emitter> =
  | {
      readonly emit: (target: Emitter, value: Value, inputs: readonly string[]) => string | readonly string[];
    }
  | { readonly expand: (graph: GraphBuilder, value: Value, preferences: Preferences) => Value };

/** What an engine is good at, where an operation can be written in more than one way. */
export interface Preferences {
  /** Large matrix products are faster than the engine's own convolutions with weights that change. */
  readonly products: boolean;
}

/** What holds for an operation whatever its operands are: what the passes may do with it. */
export interface Traits {
  /** Its two operands may change places. */
  readonly commutative?: true;
  /** An operand that is this number everywhere changes nothing: either one, or the second alone. */
  readonly neutral?: { readonly element: number; readonly operand: 'either' | 'second' };
  /** It gives zero where one operand is zero; the other is taken to be finite. A third is a bias. */
  readonly zeroFactor?: true;
  /** It only moves elements, so that equal elements stay equal. */
  readonly movement?: true;
  /** It reduces `axes`, and leaves them with size 1 where `keepDims` says so. */
  readonly reduction?: true;
  /** The attributes for operands before they are transposed, where the result is transposed in their place. */
  readonly beforeTranspose?: (attributes: Attributes, perm: readonly number[]) => Attributes;
  /** Multiplications that it takes, where they are what its time is made of. */
  readonly multiplications?: (value: Value) => number;
}

/** An operation of the graph. */
export interface Operation extends ShapeRule {
  readonly traits?: Traits;
  /** For operations that work element by element with broadcasting: the function of the elements. */
  readonly element?: (attributes: Attributes) => (...operands: number[]) => number;
  /** For the others, where a constant may be worth computing at compile time. */
  readonly evaluate?: (value: Value, operands: readonly Data[]) => Data;
  /** One column per target; missing where only another target's expansions and passes make the operation. */
  readonly onnx?: Lowering<OnnxEmitter>;
  readonly tensorflow?: Lowering<TensorFlowEmitter>;
}

/**
 * One entry of the kernel table.
 *
 * A kernel with both parts is a TensorFlow.js kernel that exists in the graph under the same name. One
 * with `record` alone is written with other operations while it is recorded; one with `operation` alone
 * is made only by the compiler itself.
 */
export interface Kernel {
  readonly name: string;
  readonly record?: (call: KernelCall) => Value | Value[];
  readonly operation?: Operation;
}

/** Casts where the type differs. */
export function cast(graph: GraphBuilder, value: Value, dtype: Value['dtype']): Value {
  return value.dtype === dtype ? value : graph.apply('Cast', [value], { dtype });
}
