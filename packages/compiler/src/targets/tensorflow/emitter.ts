import { allocate } from '../../graph/shape.js';
import type { Data, DType, Shape, Value } from '../../graph/types.js';
import { type, type NodeAttribute, type NodeDef } from './graph-def.js';

/** Collects the nodes of a TensorFlow graph; kernels write to it. */
export class TensorFlowEmitter {
  readonly nodes: NodeDef[] = [];
  private readonly tensors = new Map<Value, string>();
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

  /** A node that is shared by all that ask for the same one. */
  nodeOnce(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, NodeAttribute>> = {},
  ): string {
    const key = `${op}(${inputs.join()})${JSON.stringify(attributes)}`;
    const name = this.stored.get(key) ?? this.node(op, inputs, attributes);
    this.stored.set(key, name);
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
    const name = this.tensors.get(value);
    if (name === undefined) throw new Error(`%${value.id} ${value.op} is read before it is written`);
    return name;
  }

  isWritten(value: Value): boolean {
    return this.tensors.has(value);
  }

  written(value: Value, tensor: string): void {
    this.tensors.set(value, tensor);
  }
}

/** The bytes, for 0 and -0 are not the same constant. */
function bitsOf({ buffer, byteOffset, byteLength }: Data): string {
  return new Uint8Array(buffer, byteOffset, byteLength).join();
}
