import * as tf from '@tensorflow/tfjs-core';
import { CompileError } from '@dist-gan/core';
import { GraphBuilder } from '../graph/builder.js';
import { elementsOf } from '../graph/constants.js';
import { isOperation } from '../graph/operation.js';
import { allocate, sameShape, sizeOf } from '../graph/shape.js';
import { constant, input, state } from '../graph/sources.js';
import type { Data, DType, Value } from '../graph/types.js';
import { supportedType } from '../kernels/element-type.js';
import type { Kernel } from '../kernels/kernel.js';
import { kernels } from '../kernels/table.js';

export const backendName = 'dist-gan-recorder';

interface Entry {
  readonly value: Value;
  references: number;
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The elements as an array of the right kind: the given one, or a copy. */
function toData(values: tf.backend_util.BackendValues, dtype: DType, size: number): Data {
  if (values instanceof arrays[dtype] && values.length === size) return values;
  return allocate(dtype, size).map((_, at) => Number(values[at]));
}

/**
 * A TensorFlow.js backend that computes nothing: its kernels add operations to a graph, and the data
 * behind a tensor is the graph value that stands for it.
 */
export class RecorderBackend extends tf.KernelBackend {
  readonly graph = new GraphBuilder();
  /** The first error of a recording; code inside the step may swallow what is thrown at it. */
  failure: Error | undefined;
  private readonly entries = new Map<tf.DataId, Entry>();
  /** Of one content there may be several tensors: `tf.reshape` and `tf.cast` share it where they can. */
  private readonly captured = new Map<tf.DataId, Value[]>();

  /** A data id for a value, to be put in a tensor. */
  register(value: Value): tf.DataId {
    const dataId = {};
    this.entries.set(dataId, { value, references: 1 });
    return dataId;
  }

  placeholder(value: Value): tf.Tensor {
    const { shape, dtype } = value;
    return tf
      .engine()
      .makeTensorFromTensorInfo({ dataId: this.register(value), shape: [...shape], dtype }, this);
  }

  /** The value behind a tensor. One from outside the step is captured: its content becomes a constant. */
  graphValue(tensor: tf.TensorInfo): Value {
    const entry = this.entries.get(tensor.dataId);
    if (entry) return entry.value;
    if ((tensor as tf.Tensor).isDisposed) {
      throw this.fail(
        new CompileError(
          `compile: a tensor of shape [${tensor.shape.join(', ')}] is used after it was disposed, by dispose() or at the end of the tidy ` +
            `that made it; dispose of it later, or return it from the tidy.`,
          'dispose',
        ),
      );
    }
    const dtype = supportedType(tensor.dtype, 'a tensor from outside');
    const sharing = this.captured.get(tensor.dataId) ?? [];
    let value = sharing.find((other) => other.dtype === dtype && sameShape(other.shape, tensor.shape));
    if (!value) {
      const data = toData(tf.engine().readSync(tensor.dataId), dtype, sizeOf(tensor.shape));
      value = this.graph.constant(data, tensor.shape, dtype);
      this.captured.set(tensor.dataId, [...sharing, value]);
    }
    return value;
  }

  run(kernel: Kernel, inputs: tf.NamedTensorInfoMap, attributes: object): tf.TensorInfo | tf.TensorInfo[] {
    try {
      const named: Record<string, Value> = {};
      for (const [key, tensor] of Object.entries(inputs)) if (tensor) named[key] = this.graphValue(tensor);
      const result = kernel.record({
        graph: this.graph,
        inputs: named,
        list: Object.values(named),
        attributes,
      });
      const infos = [result].flat().map((value) => ({
        dataId: this.register(value),
        shape: [...value.shape],
        dtype: value.dtype,
      }));
      return Array.isArray(result) ? infos : infos[0];
    } catch (error) {
      throw this.fail(
        error instanceof CompileError
          ? error
          : new CompileError(
              `compile: ${kernel.name} cannot be recorded: ${(error as Error).message}`,
              kernel.name,
              {
                cause: error,
              },
            ),
      );
    }
  }

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    try {
      const type = supportedType(dtype, 'tf.tensor');
      return this.register(this.graph.constant(toData(values, type, sizeOf(shape)), shape, type));
    } catch (error) {
      throw this.fail(error as Error);
    }
  }

  /** Constants can be read, for they are the same in every call; anything else does not exist yet. */
  override readSync(dataId: tf.DataId): tf.backend_util.BackendValues {
    const value = this.entries.get(dataId)!.value;
    if (isOperation(value, constant)) return elementsOf(value).slice();
    throw this.fail(
      new CompileError(
        `compile: the step reads the content of a tensor (data(), dataSync(), array() or print()): shape ` +
          `[${value.shape.join(', ')}], ${originOf(value)}. While a step is recorded there is no content. ` +
          `Return the tensor as an output and read it after run(), and use tf.where or a mask instead of an if on it.`,
        value.operation.name,
      ),
    );
  }

  /** What cannot be read is told when the recording ends: a promise that is rejected, too, would end a process that does not wait for it. */
  override read(dataId: tf.DataId): Promise<tf.backend_util.BackendValues> {
    return new Promise((resolve) => {
      try {
        resolve(this.readSync(dataId));
      } catch {
        // Noted as the failure of the recording.
      }
    });
  }

  override incRef(dataId: tf.DataId): void {
    const entry = this.entries.get(dataId);
    if (entry) entry.references++;
  }

  override refCount(dataId: tf.DataId): number {
    return this.entries.get(dataId)?.references ?? 0;
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    const entry = this.entries.get(dataId);
    if (!entry) return true;
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.entries.delete(dataId);
    return true;
  }

  /** TensorFlow.js counts these to find kernels that leak memory; here a tensor has none. */
  override numDataIds(): number {
    return 0;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {
    this.entries.clear();
    this.captured.clear();
  }

  fail(error: Error): Error {
    this.failure ??= error;
    return error;
  }
}

function originOf(value: Value): string {
  if (isOperation(value, input)) return `the input "${value.attributes.name}"`;
  return isOperation(value, state) ? 'a variable' : `computed by ${value.operation.name}`;
}

let registered = false;

/** Makes the kernels known to TensorFlow.js, once a process and not before something is compiled. */
export function registerRecorderKernels(): void {
  if (registered) return;
  registered = true;
  for (const kernel of kernels) {
    tf.registerKernel({
      kernelName: kernel.name,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        (backend as RecorderBackend).run(kernel, inputs, attrs ?? {}),
    });
  }
}
