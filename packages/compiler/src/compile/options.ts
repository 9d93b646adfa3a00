import { deviceNames, OptionError, targetNames, type Device, type TargetName } from '@dist-gan/core';
import type { DType } from '../graph/types.js';
import type { PassName } from '../passes/index.js';
import type { OnnxRuntime } from '../targets/onnx/runtime.js';
import type { InputSpecs } from './typed-tensors.js';

export interface CompileOptions<Inputs extends InputSpecs = InputSpecs> {
  /** The function's inputs: name to shape and element type (float32 where none is given). */
  readonly inputs: Inputs;
  /**
   * What the graph is lowered to. Default on the CPU: `tensorflow` where it is installed or set up, else `onnx`, and `onnx` first for
   * convolutions on a processor without AVX-512, which is told; or what the environment variable `DIST_GAN_TARGET` says; on `cuda` and `webgpu`, and with a `runtime`, `onnx`.
   */
  readonly target?: TargetName;
  /**
   * Where it runs. Default `cpu`. `auto` tries TensorFlow with a GPU, ONNX Runtime with CUDA, TensorFlow on the
   * CPU and ONNX Runtime on the CPU, in this order, and says through `onWarning` which it is and why.
   */
  readonly device?: Device;
  /** Passes to switch off (or on), for finding out which one is at fault. Default: all that help the target. */
  readonly passes?: Partial<Readonly<Record<PassName, boolean>>>;
  /** Threads that one operation may use. Default: the number of physical cores; on ONNX Runtime one, where the step is small or, in Node, measured to be faster so, which does not change its numbers. TensorFlow settles it at the first compile of a process. */
  readonly threads?: number;
  /** Refuse inputs that hold NaN or an infinity. Default false, for the check reads every number. */
  readonly checkFinite?: boolean;
  readonly onWarning?: (message: string) => void;
  /** The module onnxruntime-node or onnxruntime-web, where it should not be found by itself. */
  readonly runtime?: OnnxRuntime;
}

const elementTypes: readonly DType[] = ['float32', 'int32', 'bool'];

/** @throws OptionError a target, a device or an element type that is not known, or a size or number of threads that is not a whole number */
export function checkOptions({ inputs, target = 'onnx', device = 'cpu', threads }: CompileOptions): void {
  if (!targetNames.includes(target)) {
    throw new OptionError(
      `compile: target must be "onnx" or "tensorflow", got ${JSON.stringify(target)}.`,
      'target',
      target,
    );
  }
  if (!deviceNames.includes(device)) {
    throw new OptionError(
      `compile: device must be "cpu", "webgpu", "cuda" or "auto", got ${JSON.stringify(device)}.`,
      'device',
      device,
    );
  }
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads > 0)) {
    throw new OptionError(
      `compile: threads must be a whole number of at least 1, got ${threads}; leave it out for the engine's own choice.`,
      'threads',
      threads,
    );
  }
  for (const [name, { shape, dtype = 'float32' }] of Object.entries(inputs)) {
    const isShape =
      Array.isArray(shape) && shape.every((dimension) => Number.isInteger(dimension) && dimension >= 0);
    if (!isShape) {
      throw new OptionError(
        `compile: inputs.${name}.shape must have whole numbers, got ${Array.isArray(shape) ? `[${shape.join(', ')}]` : String(shape)}; every size is fixed when a step is compiled.`,
        `inputs.${name}.shape`,
        shape,
      );
    }
    if (!elementTypes.includes(dtype)) {
      throw new OptionError(
        `compile: inputs.${name}.dtype must be one of ${elementTypes.join(', ')}, got ${JSON.stringify(dtype)}.`,
        `inputs.${name}.dtype`,
        dtype,
      );
    }
  }
}
