import * as tf from '@tensorflow/tfjs-core';
import type { TrainingStep } from '../step/training-step.js';

/** A step whose losses come out as one vector, so that one read gets them all. */
export interface PackedStep {
  /** `losses`: `[terms]`. */
  readonly run: (inputs: Record<string, tf.Tensor>) => { losses: tf.Tensor1D };
  /** The vector's numbers by `phase/term`. The names are known once the step has run, or was recorded. */
  unpack(losses: ArrayLike<number>): Record<string, number>;
}

export function packLosses(step: TrainingStep): PackedStep {
  let names: string[] = [];
  return {
    run(inputs) {
      const losses = step(inputs);
      names = Object.keys(losses);
      return { losses: tf.stack(Object.values(losses)) as tf.Tensor1D };
    },
    unpack: (losses) => Object.fromEntries(names.map((name, i) => [name, losses[i]])),
  };
}
