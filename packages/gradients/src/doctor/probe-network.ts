import * as tf from '@tensorflow/tfjs-core';
import {
  type ScalarFunction,
  directionalDerivative,
  partialDerivatives,
  squaredGradientNorm,
} from './finite-differences.js';
import { type CheckArgument, type OperationCheck, spread } from './operation-check.js';

/**
 * The tiny network around an operation: one trainable number per entry of the penalised argument in front
 * of it, and a read-out that is not linear behind it, so that even a linear operation (pooling, convolution)
 * has a second derivative that matters:
 *
 * network(arguments, scale) = sum_j c_j (y_j + y_j^2 / 2), y = operation(..., scale * argument, ...).
 */
export interface Probe {
  readonly check: OperationCheck;
  /** Arguments, then the scale, all in one vector of float32-representable numbers. */
  readonly point: Float64Array;
  /** Where each argument, and last the scale, begins in `point`; one more entry for the end. */
  readonly offsets: readonly number[];
  /** The direction along which the third derivative is compared. */
  readonly direction: Float64Array;
}

export function createProbe(check: OperationCheck): Probe {
  const penalised = check.arguments[check.penalised];
  const scale = spread(penalised.shape, 0.9, 1.1, 7);
  const parts = [...check.arguments, scale];
  const offsets = [0];
  for (const part of parts) offsets.push(offsets[offsets.length - 1] + part.values.length);
  const point = Float64Array.from(parts.flatMap((part) => part.values).map(Math.fround));
  const entries = Float64Array.from(spread([point.length], -1, 1, 3).values);
  const direction = entries.map((entry) => Math.fround(entry / Math.hypot(...entries)));
  return { check, point, offsets, direction };
}

/** The operation's value and the network's derivatives of orders one to three, as numbers. */
export interface Derivatives<T> {
  /** operation(arguments) */
  readonly value: T;
  /** d network / d (arguments, scale). */
  readonly first: T;
  /** d penalty / d (arguments, scale), penalty = |d network / d (penalised argument)|^2. */
  readonly second: T;
  /** d |d penalty / d (arguments, scale)|^2 along the probe's direction: one number. */
  readonly third: T;
}

/** By nested central differences in float64 of the float64 twin: nothing of TensorFlow.js takes part. */
export function referenceDerivatives({ check, point, offsets, direction }: Probe): Derivatives<Float64Array> {
  const starts = offsets.slice(0, -1);
  const weights = readOutWeights(check.reference(...check.arguments.map(toFloat64)).length);
  const network: ScalarFunction = (values) => {
    const parts = starts.map((start, index) => values.subarray(start, offsets[index + 1]));
    const scale = parts.pop()!;
    const scaled = Float64Array.from(parts[check.penalised]);
    for (let i = 0; i < scaled.length; i++) scaled[i] *= scale[i];
    parts[check.penalised] = scaled;
    const output = check.reference(...parts);
    let sum = 0;
    for (let j = 0; j < output.length; j++) sum += weights[j] * output[j] * (1 + output[j] / 2);
    return sum;
  };
  const penalty = squaredGradientNorm(network, offsets[check.penalised], offsets[check.penalised + 1]);
  const second = partialDerivatives(penalty, point);
  // The derivative of |g|^2 along a direction is 2 |g| times that of the penalty's slope along g / |g|, held fixed.
  const length = Math.hypot(...second);
  const alongSecond: ScalarFunction = (values) =>
    directionalDerivative(
      penalty,
      values,
      second.map((value) => value / length),
    );
  return {
    value: Float64Array.from(check.reference(...check.arguments.map(toFloat64))),
    first: partialDerivatives(network, point),
    second,
    third: Float64Array.of(2 * length * directionalDerivative(alongSecond, point, direction)),
  };
}

/** By TensorFlow.js, each order on demand: an order that throws does not hide the ones before. */
export function tensorDerivatives({
  check,
  point,
  offsets,
  direction,
}: Probe): Derivatives<() => tf.Tensor1D> {
  const inputs = () => {
    const shapes = [...check.arguments.map(({ shape }) => shape), check.arguments[check.penalised].shape];
    return shapes.map((shape, index) =>
      tf.tensor(Float32Array.from(point.slice(offsets[index], offsets[index + 1])), [...shape]),
    );
  };
  const network = (...values: tf.Tensor[]) => {
    const scale = values[values.length - 1];
    const parts = values.slice(0, -1);
    parts[check.penalised] = tf.mul(parts[check.penalised], scale);
    const output = check.forward(...parts);
    const weights = tf.tensor(readOutWeights(output.size), output.shape);
    return tf.sum(tf.mul(weights, tf.add(output, tf.div(tf.square(output), 2))));
  };
  const penalty = (...values: tf.Tensor[]) => {
    const inner = (argument: tf.Tensor) =>
      network(...values.map((value, i) => (i === check.penalised ? argument : value)));
    return tf.sum(tf.square(tf.grad(inner)(values[check.penalised])));
  };
  const outerPenalty = (...values: tf.Tensor[]) =>
    tf.addN(
      tf
        .grads(penalty)(values)
        .map((gradient) => tf.sum(tf.square(gradient))),
    );
  return {
    value: () => flatten([tf.cast(check.forward(...inputs().slice(0, -1)), 'float32')]),
    first: () => flatten(tf.grads(network)(inputs())),
    second: () => flatten(tf.grads(penalty)(inputs())),
    third: () => {
      const gradient = flatten(tf.grads(outerPenalty)(inputs()));
      return tf.reshape(tf.sum(tf.mul(gradient, tf.tensor1d(Float32Array.from(direction)))), [1]);
    },
  };
}

function flatten(tensors: tf.Tensor[]): tf.Tensor1D {
  return tf.concat(tensors.map((tensor) => tf.reshape<tf.Rank.R1>(tensor, [tensor.size])));
}

/** Different for every output, so that no two errors cancel. */
function readOutWeights(outputs: number): Float32Array {
  return Float32Array.from({ length: outputs }, (_, output) => 0.4 + 0.6 * Math.cos(1.7 * output));
}

function toFloat64({ values }: CheckArgument): Float64Array {
  return Float64Array.from(values);
}
