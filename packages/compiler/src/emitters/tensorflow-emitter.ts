import { isOperation } from '../graph/operation.js';
import { allocate } from '../graph/shape.js';
import { result } from '../graph/sources.js';
import type { Data, DType, Shape, Value } from '../graph/types.js';
import { type, type NodeAttribute, type NodeDef } from './tensorflow-nodes.js';

/** Collects the nodes of a TensorFlow graph; kernels write to it. */
export class TensorFlowEmitter {
  readonly nodes: NodeDef[] = [];
  private readonly tensors = new Map<Value, readonly string[]>();
  private readonly variables = new Map<Value, readonly string[]>();
  private readonly changes = new Map<Value, string>();
  private readonly stored = new Map<string, string>();

  /** @param shareConstants store small tensors that are equal once (default) */
  constructor(private readonly shareConstants = true) {}

  /** Adds a node and gives the name of its (first) result. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, NodeAttribute>> = {},
  ): string {
    const name = `${op}_${this.nodes.length}`;
    this.nodes.push({ name, op, inputs, attributes });
    return name;
  }

  /** A stored tensor; a small one that equals an earlier one is stored once. Data of length 1 fills the shape. */
  constant(data: Data, shape: Shape, dtype: DType): string {
    const key =
      this.shareConstants && data.length <= 64 ? `${dtype}[${shape.join()}]${bitsOf(data)}` : undefined;
    const existing = key === undefined ? undefined : this.stored.get(key);
    if (existing !== undefined) return existing;
    const name = this.node('Const', [], { dtype: type(dtype), value: { tensor: { data, shape, dtype } } });
    if (key !== undefined) this.stored.set(key, name);
    return name;
  }

  scalar(value: number, dtype: DType = 'float32'): string {
    return this.constant(allocate(dtype, 1).fill(value), [], dtype);
  }

  /** A stored list of integers, as shapes, axes and the like are given. */
  integers(values: readonly number[], shape: Shape = [values.length]): string {
    return this.constant(Int32Array.from(values), shape, 'int32');
  }

  /** The name of the tensor that a value has become. */
  tensorOf(value: Value): string {
    const [operation, index] = resultOf(value);
    const name = this.tensors.get(operation)?.[index];
    if (name === undefined)
      throw new Error(`%${value.id} ${value.operation.name} is read before it is written`);
    return name;
  }

  /** @param tensors the names of all results */
  written(value: Value, tensors: string | readonly string[]): void {
    this.tensors.set(value, typeof tensors === 'string' ? [tensors] : tensors);
  }

  /** The variable whose content a value is. */
  variableOf(value: Value): string {
    const [operation, index] = resultOf(value);
    const name = this.variables.get(operation)?.[index];
    if (name === undefined)
      throw new Error(`%${value.id} ${value.operation.name} is not the content of a variable`);
    return name;
  }

  /** Says that a value is the content of a variable. */
  contentOf(value: Value, variable: string): void {
    this.variables.set(value, [variable]);
  }

  /** Says that the results of an operation are the new contents of variables, once a node has run. */
  changedInPlace(operation: Value, variables: readonly string[], node: string): void {
    this.variables.set(operation, variables);
    this.changes.set(operation, node);
  }

  /** The node that makes a value the content of its variable, where an operation works in place. */
  changeTo(value: Value): string | undefined {
    return this.changes.get(resultOf(value)[0]);
  }
}

/** The operation of a value, and which of its results the value is. */
function resultOf(value: Value): [operation: Value, index: number] {
  return isOperation(value, result) ? [value.inputs[0], value.attributes.index] : [value, 0];
}

/** The bytes, for 0 and -0 are not the same constant. */
function bitsOf({ buffer, byteOffset, byteLength }: Data): string {
  return new Uint8Array(buffer, byteOffset, byteLength).join();
}
