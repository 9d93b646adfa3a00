/** Element types of a value. A `bool` is one byte, 0 or 1. */
export type DType = 'float32' | 'int32' | 'bool';

export type Shape = readonly number[];

/** The elements of a tensor in row-major order: float32, int32 and bool, in this order. */
export type Data = Float32Array | Int32Array | Uint8Array;

export type Attribute = string | number | boolean | readonly number[] | readonly (readonly number[])[] | Data;
export type Attributes = Readonly<Record<string, Attribute>>;

/** Shape and element type of a value. */
export interface ValueType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * One operation and the tensor that it computes. An operation with several results is its first one; each other one
 * is a value of the operation `Result`, whose input is the operation.
 *
 * Ids grow in the order of creation, so an input's id is always smaller than its user's and sorting
 * by id is a topological order.
 */
export interface Value extends ValueType {
  readonly id: number;
  /** Name of the operation, a key of the kernel table, or one of `Input`, `State`, `Constant`, `Result`. */
  readonly op: string;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
}

/** Where one variable lies in a state tensor: `size` elements from `offset`, in row-major order. */
interface StatePart {
  readonly variable: number;
  readonly offset: number;
  readonly size: number;
}

/**
 * A tensor that the engine keeps between calls: `input` at the start of a step, `output` at its end.
 * A state that the step only reads has `output === input`.
 */
export interface State {
  readonly name: string;
  readonly input: Value;
  readonly output: Value;
  readonly parts: readonly StatePart[];
  /** Axes of the (single) variable in the order in which the engine keeps them; its own order by default. */
  readonly permutation?: readonly number[];
}

export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

/** A pure function of inputs and states. It knows neither TensorFlow.js nor any engine. */
export interface Graph {
  readonly inputs: readonly NamedValue[];
  readonly states: readonly State[];
  readonly outputs: readonly NamedValue[];
}
