import * as tf from '@tensorflow/tfjs-core';
import { initialWeight, weightShapes, type Arrays, type OwnWorkload, type Shapes } from './workloads.js';

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

export function createWeights(workload: OwnWorkload): Weights {
  return Object.fromEntries(
    Object.entries(weightShapes(workload)).map(([name, shape]) => {
      const initial = tf.tensor(initialWeight(name, shape), shape);
      const variable = tf.variable(initial, true, name);
      initial.dispose();
      return [name, variable];
    }),
  );
}

/** The weights whose names start with one of `roles`. */
export function weightsOf(weights: Weights, roles: readonly string[]): tf.Variable[] {
  return Object.keys(weights)
    .filter((name) => roles.includes(name.split('/')[0]))
    .map((name) => weights[name]);
}
