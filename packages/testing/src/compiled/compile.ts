import type { TargetName } from '@dist-gan/core';
import type * as tf from '@tensorflow/tfjs-core';

/** A function of named tensors, ordinary TensorFlow.js. */
export type TensorFunction = (inputs: Record<string, tf.Tensor>) => Record<string, tf.Tensor>;

/** Shape and element type of an input; float32 where no type is given. */
export interface InputForm {
  readonly shape: readonly number[];
  readonly dtype?: 'float32' | 'int32' | 'bool';
}

/** The elements of a tensor in row-major order: float32, int32 and bool, in this order. */
export type Elements = Float32Array | Int32Array | Uint8Array;

/** What is used of a compiled function. */
export interface CompiledStep {
  run(
    feeds: Readonly<Record<string, Elements>>,
  ): Promise<Readonly<Record<string, { readonly data: Elements; readonly shape: readonly number[] }>>>;
  /** Copies what the engine holds of the variables that the function assigns into them. */
  readVariables(): Promise<void>;
  dispose(): void;
}

/** `compile` of `@dist-gan/compiler`, or what compiles as it does. */
export type Compile = (
  fn: TensorFunction,
  options: {
    readonly inputs: Readonly<Record<string, InputForm>>;
    readonly target: TargetName;
    readonly threads: number;
  },
) => Promise<CompiledStep>;
