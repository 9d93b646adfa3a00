/// <reference lib="esnext.disposable" preserve="true" />
import type * as tf from '@tensorflow/tfjs-core';
import type { Device, TargetName } from '@dist-gan/core';
import type { FeedsOf, InputSpecs, NamedTensors, OutputsOf } from './typed-tensors.js';

/** What compiling did and cost. Times are in milliseconds; that of the session is with the start of the engine. */
export interface CompileReport {
  readonly target: TargetName;
  readonly device: Exclude<Device, 'auto'>;
  /** Name and version of what runs it, for instance `TensorFlow 2.15.1`. */
  readonly engine: string;
  /** Threads of one operation, as asked for or measured to be fastest; undefined where it is left to the engine. */
  readonly threads?: number;
  /** Operations as recorded, and as they run. */
  readonly operationsRecorded: number;
  readonly operationsRun: number;
  /** Names of the variables that the function reads or assigns. */
  readonly variables: readonly string[];
  readonly recordMs: number;
  readonly passMs: number;
  readonly sessionMs: number;
}

/** A compiled function with its state. */
export interface Compiled<
  Inputs extends InputSpecs = InputSpecs,
  Outputs extends NamedTensors<Outputs> = Record<string, tf.Tensor>,
> {
  /**
   * One call. Inputs are row-major; outputs are new arrays. Calls that overlap run one after the other. Inputs are read when a call's
   * turn comes, and not copied: whoever uses an array again waits for the call to end before writing to it.
   */
  run(inputs: FeedsOf<Inputs>): Promise<OutputsOf<Outputs>>;
  /** Copies the engine's state into the variables of TensorFlow.js. */
  readVariables(): Promise<void>;
  /** Copies the variables of TensorFlow.js into the engine's state. */
  writeVariables(): Promise<void>;
  /** The function as an ONNX file; state enters as inputs and leaves as outputs whose names end in an apostrophe. */
  toOnnx(): Uint8Array;
  /**
   * Writes the function, with its state as it is now, as a TensorFlow SavedModel into a folder: one signature, whose
   * calls change the state. Node only.
   */
  toSavedModel(folder: string): Promise<void>;
  readonly report: CompileReport;
  /** Frees the engine's memory. The variables of TensorFlow.js are not touched. */
  dispose(): void;
  [Symbol.dispose](): void;
}
