import type * as tf from '@tensorflow/tfjs-core';
import { type CheckArgument, type OperationCheck, argument } from '../operation-check.js';

/** A function of each entry on its own. */
export function elementwiseCheck(
  operation: string,
  values: readonly number[],
  forward: (x: tf.Tensor) => tf.Tensor,
  reference: (x: number) => number,
): OperationCheck {
  return {
    operation,
    arguments: [argument([values.length], values)],
    penalised: 0,
    forward,
    reference: (x) => x.map(reference),
  };
}

/** A function of two arguments whose second one, [columns], broadcasts over the rows of the first, [rows, columns]. */
export function binaryCheck(
  operation: string,
  a: CheckArgument,
  b: CheckArgument,
  forward: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  reference: (a: number, b: number) => number,
): OperationCheck[] {
  return [0, 1].map((penalised) => ({
    operation: `${operation} (${penalised === 0 ? 'first' : 'second'} operand)`,
    arguments: [a, b],
    penalised,
    forward,
    reference: (first: Float64Array, second: Float64Array) =>
      first.map((value, index) => reference(value, second[index % second.length])),
  }));
}

/** An operation that only moves entries: output j is input entry `source[j]`, or zero where that is null. */
export function layoutCheck(
  operation: string,
  input: CheckArgument,
  forward: (x: tf.Tensor) => tf.Tensor,
  source: readonly (number | null)[],
): OperationCheck {
  return {
    operation,
    arguments: [input],
    penalised: 0,
    forward,
    reference: (x) => source.map((index) => (index === null ? 0 : x[index])),
  };
}
