import * as tf from '@tensorflow/tfjs-core';
import { initialWeights, weightShapes, type Shapes, type Workload } from './workloads.js';

/** A training step in ordinary TensorFlow.js: it reads and assigns `variables`, and is pure otherwise. */
export interface Step {
  readonly inputs: Shapes;
  /** Weights by name; Adam's slots are further variables, which tracing finds by itself. */
  readonly weights: Weights;
  /** One step; gives the loss of each phase. Run it inside `tf.tidy`. */
  run(inputs: Tensors): Tensors;
  dispose(): void;
}

export type Weights = Record<string, tf.Variable>;
export type Tensors = Record<string, tf.Tensor>;

export function createWeights(workload: Workload): Weights {
  const values = initialWeights(workload);
  const shapes = weightShapes(workload);
  return Object.fromEntries(
    Object.entries(values).map(([name, data]) => {
      const initial = tf.tensor(data, shapes[name]);
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
