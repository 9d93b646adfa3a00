/** Element types of a value. A `bool` is one byte, 0 or 1. */
export type DType = 'float32' | 'int32' | 'bool';

export type Shape = readonly number[];

/** The elements of a tensor in row-major order: float32, int32 and bool, in this order. */
export type Data = Float32Array | Int32Array | Uint8Array;

export type Attribute = string | number | boolean | readonly number[] | readonly (readonly number[])[] | Data;
export type Attributes = Readonly<Record<string, Attribute>>;

/** The attributes of an operation that takes none. */
export type NoAttributes = Readonly<Record<string, never>>;

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
export interface Value<Own extends Attributes = Attributes> extends ValueType {
  readonly id: number;
  readonly operation: Operation<Own>;
  readonly inputs: readonly Value[];
  readonly attributes: Own;
}

/** The attributes of what a graph begins with: what it is called, or what it holds. */
export type Named = Readonly<{ name: string }>;
export type Content = Readonly<{ data: Data }>;

/**
 * What computes a value. How an engine runs it is no matter of the graph.
 *
 * Its functions are methods, whose parameters TypeScript compares both ways: an operation of certain attributes is an
 * operation, and is only ever given the attributes of its own values.
 */
export interface Operation<Own extends Attributes = Attributes> {
  readonly name: string;
  /** Shape and type of the result, or of each of several. */
  infer(inputs: readonly Value[], attributes: Own): ValueType | readonly ValueType[];
  /** Element types that its operands may have, the usual one first. Default: any. */
  readonly accepts?: readonly DType[];
  readonly traits?: Traits<Own>;
  /** For operations that work element by element with broadcasting: the function of the elements. */
  element?(attributes: Own): (...operands: number[]) => number;
  /** For the others, where a constant may be worth computing at compile time. */
  evaluate?(value: Value<Own>, operands: readonly Data[]): Data;
}

/** What holds for an operation whatever its operands are: what a pass may do with it. */
export interface Traits<Own extends Attributes = Attributes> {
  /** Its two operands may change places. */
  readonly commutative?: true;
  /** An operand that is this number everywhere changes nothing: either one, or the second alone. */
  readonly neutral?: { readonly element: number; readonly operand: 'either' | 'second' };
  /** It gives zero where one operand is zero; the other is taken to be finite. A third is a bias. */
  readonly zeroFactor?: true;
  /** It only moves elements, so that equal elements stay equal. */
  readonly movement?: true;
  /** Which axes it reduces; it takes attributes of just this form. */
  reduction?(attributes: Own): Reduction;
  /** The attributes for operands before they are transposed, where the result is transposed in their place. */
  beforeTranspose?(attributes: Own, perm: readonly number[]): Own;
  /** Multiplications that it takes, where they are what its time is made of. */
  multiplications?(value: Value<Own>): number;
}

/** Axes that an operation reduces, counted from the front; `keepDims` leaves them with size 1. */
export type Reduction = Readonly<{ axes: readonly number[]; keepDims: boolean }>;

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
  readonly input: Value<Named>;
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
