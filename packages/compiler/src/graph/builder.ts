import { resultTypes } from './operation.js';
import { allocate, sameShape, sizeOf } from './shape.js';
import { constant, input, result, state } from './sources.js';
import type { Attributes, Content, Data, DType, Named, Operation, Shape, Value } from './types.js';

/** Makes values. A graph and everything rewritten from it come from one builder, so ids stay ordered. */
export class GraphBuilder {
  readonly values: Value[] = [];

  /**
   * Adds an operation; its shape rule gives the type of its (first) result. A result without elements is known
   * already, and not every engine has it of every operation.
   */
  apply<Own extends Attributes>(operation: Operation<Own>, inputs: readonly Value[], attributes: Own): Value {
    const [{ shape, dtype }, ...others] = resultTypes(operation, inputs, attributes);
    if (sizeOf(shape) === 0 && others.length === 0) return this.fill(0, shape, dtype);
    return this.push({ operation, inputs, attributes, shape, dtype });
  }

  /**
   * An operation on other operands; on its own ones, itself. Where these have the types of those before, so has the
   * result, and nothing is inferred.
   */
  reapply(value: Value, inputs: readonly Value[]): Value {
    if (inputs.every((operand, at) => operand === value.inputs[at])) return value;
    const { operation, attributes, shape, dtype } = value;
    const sameTypes = inputs.every((operand, at) => sameType(operand, value.inputs[at]));
    return sameTypes
      ? this.push({ operation, inputs, attributes, shape, dtype })
      : this.apply(operation, inputs, attributes);
  }

  /** All results of an operation, the first of which is the operation itself. */
  results(value: Value): Value[] {
    return resultTypes(value.operation, value.inputs, value.attributes).map((_, index) =>
      index === 0 ? value : this.apply(result, [value], { index }),
    );
  }

  input(name: string, shape: Shape, dtype: DType): Value<Named> {
    return this.push({ operation: input, inputs: [], attributes: { name }, shape, dtype });
  }

  state(name: string, shape: Shape, dtype: DType): Value<Named> {
    return this.push({ operation: state, inputs: [], attributes: { name }, shape, dtype });
  }

  /**
   * A tensor that is the same in every call. Data of length 1 fills the whole shape; longer data whose
   * elements are all equal is stored that way too.
   */
  constant(data: Data, shape: Shape, dtype: DType): Value<Content> {
    const uniform = sizeOf(shape) > 0 && isUniform(data);
    const attributes = { data: uniform ? data.slice(0, 1) : data.slice() };
    return this.push({ operation: constant, inputs: [], attributes, shape, dtype });
  }

  /** A constant whose elements are all `element`. */
  fill(element: number, shape: Shape = [], dtype: DType = 'float32'): Value<Content> {
    const data = allocate(dtype, sizeOf(shape) > 0 ? 1 : 0).fill(element);
    return this.push({ operation: constant, inputs: [], attributes: { data }, shape, dtype });
  }

  private push<Own extends Attributes>(content: Omit<Value<Own>, 'id'>): Value<Own> {
    const value = { id: this.values.length, ...content };
    this.values.push(value);
    return value;
  }
}

const sameType = (a: Value, b: Value) => a === b || (a.dtype === b.dtype && sameShape(a.shape, b.shape));

/** Whether all elements are the same. A plain loop, for steps make ones and zeros of whole image batches. */
function isUniform(data: Data): boolean {
  const first = data[0];
  for (let at = 1; at < data.length; at++) if (!Object.is(data[at], first)) return false;
  return true;
}
