import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';

/**
 * An optimiser as a value: what it remembers of each weight, and how it changes one weight.
 *
 * The update is a handful of elementwise operations on tensors of the weight's shape. Whatever depends on
 * the time is a number computed by {@link rate} on the host, in float64, and fed to the step.
 */
export interface UpdateRule {
  /** What is remembered of each weight, by name, with the number that fills it at the start. */
  readonly slots: Readonly<Record<string, number>>;
  /**
   * The factor fed to {@link update}.
   *
   * @param learningRate the scheduled learning rate
   * @param call which call of this phase's optimiser it is, counted from 1
   */
  rate(learningRate: number, call: number): number;
  /** Assigns the weight and its slots their next values. Runs inside a tidy. */
  update(weight: WeightUpdate): void;
}

interface WeightUpdate {
  readonly weight: Variable;
  /** Of the weight's shape. */
  readonly gradient: Tensor;
  readonly slots: Readonly<Record<string, Variable>>;
  readonly rate: Scalar;
}
