import type * as tf from '@tensorflow/tfjs-core';
import type { Data, DType } from '../graph/types.js';
import type { InputSpec } from '../record/record.js';

/** The inputs of a function: name to shape and element type. */
export type InputSpecs = Readonly<Record<string, InputSpec>>;

/** Named tensors, as a function returns them. */
export type NamedTensors<Outputs> = { readonly [Name in keyof Outputs]: tf.Tensor };

interface Ranks {
  0: tf.Rank.R0;
  1: tf.Rank.R1;
  2: tf.Rank.R2;
  3: tf.Rank.R3;
  4: tf.Rank.R4;
  5: tf.Rank.R5;
  6: tf.Rank.R6;
}

/** The rank of a shape whose length is known to the compiler of TypeScript; of any other shape, any rank. */
type RankOf<Shape extends readonly number[]> = Shape['length'] extends keyof Ranks
  ? Ranks[Shape['length']]
  : tf.Rank;

/** The tensors that a function of these inputs gets. */
export type TensorsOf<Inputs extends InputSpecs> = {
  [Name in keyof Inputs]: tf.Tensor<RankOf<Inputs[Name]['shape']>>;
};

interface Arrays {
  float32: Float32Array;
  int32: Int32Array;
  bool: Uint8Array;
}

type DataOf<Spec extends InputSpec> = 'dtype' extends keyof Spec
  ? Spec['dtype'] extends DType
    ? Arrays[Spec['dtype']]
    : Data
  : Float32Array;

/** What is fed for these inputs in one call, row-major. */
export type FeedsOf<Inputs extends InputSpecs> = {
  readonly [Name in keyof Inputs]: DataOf<Inputs[Name]>;
};

/** What one call gives for a tensor. */
export interface OutputTensor<Rank extends tf.Rank = tf.Rank> {
  /** Row-major. A scalar has one number. */
  readonly data: Rank extends tf.Rank.R0 ? Data & { readonly 0: number } : Data;
  readonly shape: Rank extends tf.Rank.R0 ? [] : tf.ShapeMap[Rank];
}

/** What one call gives for these tensors. */
export type OutputsOf<Outputs extends NamedTensors<Outputs>> = {
  [Name in keyof Outputs]: Outputs[Name] extends tf.Tensor<infer Rank> ? OutputTensor<Rank> : never;
};
