import { resultTypes, type OperationTable } from './operation.js';
import { allocate, sizeOf } from './shape.js';
import type { Attributes, Data, DType, Shape, Value } from './types.js';

/** Makes values. A graph and everything rewritten from it come from one builder, so ids stay ordered. */
export class GraphBuilder {
  readonly values: Value[] = [];

  constructor(private readonly table: OperationTable) {}

  /**
   * Adds an operation; its kernel's shape rule gives the type of its (first) result. A result without elements is known
   * already, and not every engine has it of every operation.
   */
  apply(op: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const [{ shape, dtype }, ...others] = resultTypes(this.table, { op, inputs, attributes });
    if (sizeOf(shape) === 0 && others.length === 0) return this.fill(0, shape, dtype);
    return this.push(op, inputs, attributes, shape, dtype);
  }

  /** All results of an operation, the first of which is the operation itself. */
  results(operation: Value): Value[] {
    return resultTypes(this.table, operation).map((_, index) =>
      index === 0 ? operation : this.apply('Result', [operation], { index }),
    );
  }

  input(name: string, shape: Shape, dtype: DType): Value {
    return this.push('Input', [], { name }, shape, dtype);
  }

  state(name: string, shape: Shape, dtype: DType): Value {
    return this.push('State', [], { name }, shape, dtype);
  }

  /**
   * A tensor that is the same in every call. Data of length 1 fills the whole shape; longer data whose
   * elements are all equal is stored that way too.
   */
  constant(data: Data, shape: Shape, dtype: DType): Value {
    const uniform = sizeOf(shape) > 0 && isUniform(data);
    return this.push('Constant', [], { data: uniform ? data.slice(0, 1) : data.slice() }, shape, dtype);
  }

  /** A constant whose elements are all `element`. */
  fill(element: number, shape: Shape = [], dtype: DType = 'float32'): Value {
    const data = allocate(dtype, sizeOf(shape) > 0 ? 1 : 0).fill(element);
    return this.push('Constant', [], { data }, shape, dtype);
  }

  reshape(value: Value, shape: Shape): Value {
    return this.apply('Reshape', [value], { shape });
  }

  transpose(value: Value, perm: readonly number[]): Value {
    return this.apply('Transpose', [value], { perm });
  }

  private push(
    op: string,
    inputs: readonly Value[],
    attributes: Attributes,
    shape: Shape,
    dtype: DType,
  ): Value {
    const value = { id: this.values.length, op, inputs, attributes, shape, dtype };
    this.values.push(value);
    return value;
  }
}

/** Whether all elements are the same. A plain loop, for steps make ones and zeros of whole image batches. */
function isUniform(data: Data): boolean {
  const first = data[0];
  for (let at = 1; at < data.length; at++) if (!Object.is(data[at], first)) return false;
  return true;
}
