import { deviceNames, OptionError, targetNames, type Device, type TargetName } from '@dist-gan/core';
import type { DType } from '../graph/types.js';
import { passNames, type PassName } from '../passes/index.js';
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

const optionNames: Readonly<Record<keyof CompileOptions, true>> = {
  inputs: true,
  target: true,
  device: true,
  passes: true,
  threads: true,
  checkFinite: true,
  onWarning: true,
  runtime: true,
};

/** @throws OptionError an option, a pass, a target, a device or an element type that is not known, or a size or number of threads that is not a whole number */
export function checkOptions(options: CompileOptions): void {
  const { inputs, target = 'onnx', device = 'cpu', passes = {}, threads } = options;
  const refuse = (path: string, wanted: string, got: string, received: unknown): never => {
    throw new OptionError(`compile: ${path} must ${wanted}, got ${got}.`, path, received);
  };
  const json = JSON.stringify;
  checkNames('', options, Object.keys(optionNames));
  checkNames('passes.', passes, passNames);
  if (!targetNames.includes(target)) refuse('target', 'be "onnx" or "tensorflow"', json(target), target);
  if (!deviceNames.includes(device))
    refuse('device', 'be "cpu", "webgpu", "cuda" or "auto"', json(device), device);
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads > 0))
    refuse('threads', 'be a whole number of at least 1', String(threads), threads);
  for (const [name, { shape, dtype = 'float32' }] of Object.entries(inputs)) {
    const path = `inputs.${name}`;
    const isShape = Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
    if (!isShape)
      refuse(
        `${path}.shape`,
        'have whole numbers, as every size is fixed when a step is compiled',
        `[${String(shape)}]`,
        shape,
      );
    if (!elementTypes.includes(dtype))
      refuse(`${path}.dtype`, `be one of ${elementTypes.join(', ')}`, json(dtype), dtype);
  }
}

/** Of a call from JavaScript, which no type checks: an option that is misspelt would be none. */
function checkNames(where: string, given: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (known.includes(name)) continue;
    const path = where + name;
    throw new OptionError(`compile: ${path} is no option; there are ${known.join(', ')}.`, path, value);
  }
}
