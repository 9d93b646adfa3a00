import type * as tf from '@tensorflow/tfjs-core';
import type { Arrays, Shapes } from './workloads.js';

/** A training step in ordinary TensorFlow.js: it reads and assigns `variables`, and is pure otherwise. */
export interface Step {
  readonly inputs: Shapes;
  /** Weights by name; Adam's slots are further variables, which tracing finds by itself. */
  readonly weights: Weights;
  /** What step `step`, counted from 0, is fed. */
  batchOf(step: number): Arrays;
  /** One step; gives the loss of each phase. Run it inside `tf.tidy`. */
  run(inputs: Tensors): Tensors;
  dispose(): void;
}

export type Weights = Record<string, tf.Variable>;
export type Tensors = Record<string, tf.Tensor>;
