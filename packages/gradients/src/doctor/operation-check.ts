import type * as tf from '@tensorflow/tfjs-core';

/** One argument of an operation under test: float32 values, row by row. */
export interface CheckArgument {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/**
 * One operation and its float64 twin.
 *
 * The values must keep at least 0.25 away from kinks, jumps and ties: the finite differences move them.
 */
export interface OperationCheck {
  readonly operation: string;
  readonly arguments: readonly CheckArgument[];
  /** Which argument's gradient is penalised. */
  readonly penalised: number;
  readonly forward: (...inputs: tf.Tensor[]) => tf.Tensor;
  /** The same function on plain numbers, written without TensorFlow.js. */
  readonly reference: (...inputs: Float64Array[]) => ArrayLike<number>;
}

export function argument(shape: readonly number[], values: readonly number[]): CheckArgument {
  return { shape, values };
}

/** Distinct values spread over [low, high], in an order that looks random: steps of the golden ratio. */
export function spread(shape: readonly number[], low: number, high: number, offset = 0): CheckArgument {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Array.from({ length: size }, (_, index) => {
    const position = (index + 1 + offset) * 0.6180339887498949;
    return low + (high - low) * (position - Math.floor(position));
  });
  return { shape, values };
}
