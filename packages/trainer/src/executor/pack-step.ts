import * as tf from '@tensorflow/tfjs-core';
import type { StepScalars, TrainingStep } from '../step/training-step.js';

/** What a step computed, as numbers. */
export type StepNumbers = { readonly [Group in keyof StepScalars]: Record<string, number> };

/** A step whose scalars come out as one vector, so that one read gets them all. */
export interface PackedStep {
  /** `numbers`: `[scalars]`. */
  readonly run: (inputs: Record<string, tf.Tensor>) => { numbers: tf.Tensor1D };
  /** The vector's numbers by their names, which are known once the step has run, or was recorded. */
  readonly unpack: (numbers: ArrayLike<number>) => StepNumbers;
}

export function packStep(step: TrainingStep): PackedStep {
  let names: [group: keyof StepScalars, name: string][] = [];
  return {
    run(inputs) {
      const groups = Object.entries(step(inputs)) as [keyof StepScalars, Record<string, tf.Scalar>][];
      names = groups.flatMap(([group, scalars]) =>
        Object.keys(scalars).map((name) => [group, name] as [typeof group, string]),
      );
      return { numbers: tf.stack(groups.flatMap(([, scalars]) => Object.values(scalars))) as tf.Tensor1D };
    },
    unpack(numbers) {
      const unpacked: StepNumbers = { losses: {}, weightSums: {}, gradientNorms: {} };
      names.forEach(([group, name], i) => (unpacked[group][name] = numbers[i]));
      return unpacked;
    },
  };
}
