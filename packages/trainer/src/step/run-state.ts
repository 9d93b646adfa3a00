import * as tf from '@tensorflow/tfjs-core';
import { CheckpointError, type TensorNumbers } from '@dist-gan/core';
import type { RunHistory } from '../history/history.js';
import type { TrainingState } from './training-state.js';

/**
 * Everything that a run depends on after a number of steps, beside its options and its seed: every random number and
 * every batch is derived from the step's number.
 */
export interface RunState {
  /** Training steps finished. */
  readonly step: number;
  /** Of training so far, in all sittings together. */
  readonly seconds: number;
  /** What was measured so far, and what guards did. */
  readonly history: RunHistory;
  /**
   * Weights of all networks, slots of the optimisers, moving averages and variables of the method, by names such as
   * `weights/generator/0` and `slots/discriminator/discriminator/3/firstMoment`.
   */
  readonly tensors: ReadonlyMap<string, StateTensor>;
}

interface StateTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: TensorNumbers;
}

/** Copies the numbers of a state's variables. */
export async function readTensors(state: TrainingState): Promise<Map<string, StateTensor>> {
  const tensors = new Map<string, StateTensor>();
  for (const [name, variable] of Object.entries(state.named())) {
    tensors.set(name, { shape: variable.shape, data: (await variable.data<'float32'>()).slice() });
  }
  return tensors;
}

/**
 * Gives a state's variables these numbers, all of them or, where a name or a shape does not fit, none.
 *
 * @throws CheckpointError naming the first tensor that does not fit
 */
export function writeTensors(state: TrainingState, tensors: RunState['tensors']): void {
  const variables = state.named();
  const fail = (what: string): never => {
    throw new CheckpointError(
      `fit.resume: ${what}; a run can go on only with the method and the networks that it began with`,
      'fit.resume',
    );
  };
  for (const [name, { shape, dtype }] of Object.entries(variables)) {
    const stored = tensors.get(name) ?? fail(`${name} is missing`);
    const wanted = dtype === 'float32' ? Float32Array : dtype === 'int32' ? Int32Array : Uint8Array;
    const fits = stored.data instanceof wanted && tf.util.arraysEqual([...shape], [...stored.shape]);
    if (!fits) fail(`${name} has shape [${stored.shape.join(', ')}], wanted [${shape.join(', ')}]`);
  }
  for (const name of tensors.keys())
    if (!(name in variables)) fail(`${name} belongs to no variable of the run`);
  for (const [name, variable] of Object.entries(variables)) {
    const { data } = tensors.get(name)!;
    tf.tidy(() => variable.assign(tf.tensor(data as Float32Array, variable.shape, variable.dtype)));
  }
}
