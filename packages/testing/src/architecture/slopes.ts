import { RandomStream, type NetworkKind } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ArchitectureSubject } from './architecture-subject.js';
import { applyNetwork, drawInput } from './networks.js';

/** How fast outputs change along a gradient: by the gradient itself, its length, and by differences of outputs. */
export interface Slope {
  readonly along: 'inputs' | 'weights';
  readonly length: number;
  /** For smaller and smaller moves, until one is near: rectifiers turn on and off in large ones, outputs are rounded in small ones. */
  readonly measured: readonly number[];
  readonly isNear: boolean;
}

/** How far something is moved, as a part of its length. */
const moves = [1e-3, 1e-4, 1e-5];

/**
 * How far a slope may be from the gradient's length, as a part of it: what kinks of rectifiers are crossed makes a part of twenty.
 * What is half as long or twice, or turned by a right angle, is found.
 */
const tolerance = 0.1;

/**
 * What a network's gradients say of its outputs, all of them weighted at random, against what its outputs do: along the gradient
 * in the inputs, and along that in the weights. The network is as it is used: batch norm by its averages, and what a layer
 * learns while it trains, such as a singular vector, stays. A gradient of 0 goes nowhere: nothing is measured along it.
 */
export function slopesOf(subject: ArchitectureSubject, kind: NetworkKind, model: LayersModel): Slope[] {
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  let slopes: Slope[] = [];
  tf.tidy(() => {
    const inputs = [drawInput(subject, kind, 4, model)].flat();
    const outputsOf = (given: tf.Tensor[]) =>
      applyNetwork(model, given.length === 1 ? given[0] : given, false);
    const directions = outputsOf(inputs).map((output, i) =>
      tf.tensor(RandomStream.fromSeed(5).derive(i).normal(output.size), output.shape),
    );
    const sumOf = (given: tf.Tensor[]) =>
      tf.addN<tf.Scalar>(outputsOf(given).map((output, i) => tf.sum(tf.mul(output, directions[i]))));

    const before = weights.map((weight) => tf.clone(weight));
    // Where biases begin at 0, whole layers of rectifiers may lie exactly at their kinks.
    const start = before.map((weight, i) => {
      const noise = RandomStream.fromSeed(6).derive(i).normal(weight.size);
      return tf.add(weight, tf.mul(0.2, tf.tensor(noise, weight.shape)));
    });
    weights.forEach((weight, i) => weight.assign(start[i]));
    const { grads } = tf.variableGrads(() => sumOf(inputs), weights);
    // TensorFlow.js gives null for a weight that the outputs do not depend on.
    const weightGradients = weights.map(
      (weight) => (grads[weight.name] as tf.Tensor | null) ?? tf.zerosLike(weight),
    );
    const inputGradients = tf.grads((...given: tf.Tensor[]) =>
      // TensorFlow.js throws for an input that the outputs do not depend on: tie each in with weight 0.
      tf.addN([sumOf(given), ...given.map((tensor) => tf.mul(0, tf.sum(tensor)))]),
    )(inputs);

    const withWeights = (values: tf.Tensor[]) => {
      weights.forEach((weight, i) => weight.assign(values[i]));
      return outputsOf(inputs);
    };
    slopes = [
      slopeAlong('inputs', inputs, inputGradients, outputsOf, directions),
      slopeAlong('weights', start, weightGradients, withWeights, directions),
    ];
    weights.forEach((weight, i) => weight.assign(before[i]));
  });
  return slopes;
}

function slopeAlong(
  along: Slope['along'],
  point: tf.Tensor[],
  gradients: tf.Tensor[],
  outputsAt: (point: tf.Tensor[]) => tf.Tensor[],
  directions: tf.Tensor[],
): Slope {
  const length = lengthOf(gradients);
  const slopeOver = (move: number) => {
    const distance = (move * lengthOf(point)) / length;
    const [ahead, behind] = [distance, -distance].map((step) =>
      outputsAt(point.map((tensor, i) => tf.add(tensor, tf.mul(gradients[i], step)))),
    );
    // Added in float64: a sum in float32 would round away the difference of two that are nearly equal.
    let difference = 0;
    for (const [i, direction] of directions.entries()) {
      const [more, less, weights] = [ahead[i], behind[i], direction].map((tensor) => tensor.dataSync());
      for (let j = 0; j < weights.length; j++) difference += weights[j] * (more[j] - less[j]);
    }
    return difference / (2 * distance * length);
  };
  const measured: number[] = [];
  let isNear = length === 0;
  for (let i = 0; i < moves.length && !isNear; i++) {
    const slope = slopeOver(moves[i]);
    measured.push(slope);
    isNear = Math.abs(slope - length) < tolerance * length;
  }
  return { along, length, measured, isNear };
}

/** The Euclidean length of all numbers of several tensors. */
function lengthOf(tensors: readonly tf.Tensor[]): number {
  let sum = 0;
  for (const tensor of tensors) for (const value of tensor.dataSync()) sum += value * value;
  return Math.sqrt(sum);
}
