import { allocate } from '../graph/shape.js';
import type { Data, DType, Shape } from '../graph/types.js';
import {
  onnxTypes,
  type OnnxAttribute,
  type OnnxInitializer,
  type OnnxNode,
  type OnnxType,
} from './onnx-nodes.js';

function bytesOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

export interface EmitterStyle {
  /** Store small tensors that are equal once. Default true. */
  readonly shareConstants?: boolean;
}

/** Collects the nodes and stored tensors of an ONNX graph; kernels write to it. */
export class OnnxEmitter {
  readonly initializers: OnnxInitializer[] = [];
  private readonly nodes: OnnxNode[] = [];
  /** Results of nodes. */
  private readonly results = new Set<string>();
  private readonly named = new Map<string, string>();
  private readonly stored = new Map<string, string>();
  private readonly made = new Map<string, unknown>();
  private count = 0;

  constructor(private readonly style: EmitterStyle = {}) {}

  /** A node with one result, whose name is returned. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    return this.nodeWithOutputs(opType, inputs, attributes, 1)[0];
  }

  nodeWithOutputs(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    outputCount: number,
  ): string[] {
    const outputs = Array.from({ length: outputCount }, () => `#${this.count++}`);
    this.nodes.push({ opType, inputs, outputs, attributes });
    for (const output of outputs) this.results.add(output);
    return outputs;
  }

  /**
   * Gives a result the name of an output. A node writes to its output directly; what is an input, a stored
   * tensor or an output already is copied.
   */
  nameOutput(value: string, output: string): void {
    if (!this.results.has(value) || this.named.has(value)) {
      this.nodes.push({
        opType: 'Identity',
        inputs: [this.named.get(value) ?? value],
        outputs: [output],
        attributes: {},
      });
      return;
    }
    this.named.set(value, output);
  }

  /** The nodes in order, with the names of outputs in place. */
  finish(): OnnxNode[] {
    const rename = (name: string) => this.named.get(name) ?? name;
    return this.nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
    }));
  }

  cast(input: string, type: OnnxType): string {
    return this.node('Cast', [input], { to: onnxTypes[type] });
  }

  scalar(value: number, dtype: DType = 'float32'): string {
    return this.constant(allocate(dtype, 1).fill(value), [], dtype);
  }

  /** A stored tensor; one that equals an earlier one is stored once. */
  constant(data: Data, shape: Shape, dtype: DType): string {
    return this.store(bytesOf(data), shape, dtype);
  }

  /** A stored list of integers, as shapes, axes and the like are given. */
  integers(values: readonly number[]): string {
    return this.store(bytesOf(BigInt64Array.from(values, BigInt)), [values.length], 'int64');
  }

  /** What is made once for all who ask for it by that key. */
  once<Made>(key: string, make: () => Made): Made {
    if (!this.made.has(key)) this.made.set(key, make());
    return this.made.get(key) as Made;
  }

  private store(bytes: Uint8Array, shape: Shape, type: OnnxType): string {
    const shared = (this.style.shareConstants ?? true) && bytes.length <= 256;
    const key = shared ? `${type}:${shape.join(',')}:${bytes.join(',')}` : undefined;
    const existing = key === undefined ? undefined : this.stored.get(key);
    if (existing !== undefined) return existing;
    const name = `#${this.count++}`;
    this.initializers.push({ name, type, shape, bytes });
    if (key !== undefined) this.stored.set(key, name);
    return name;
  }
}
