import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

export const sumGradient: GradientDefinition = {
  kernelName: tf.Sum,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => ({ x: () => repeat(dy as tf.Tensor, x, reducedAxes(x, attributes)) }),
};

export const meanGradient: GradientDefinition = {
  kernelName: tf.Mean,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => {
    const axes = reducedAxes(x, attributes);
    const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
    return { x: () => tf.div(repeat(dy as tf.Tensor, x, axes), count) };
  },
};

function reducedAxes(x: tf.Tensor, attributes: tf.NamedAttrMap): number[] {
  return tf.util.parseAxisParam(attributes['axis'] as number | number[], x.shape);
}

/** The gradient of each reduced entry to all entries that it came from. */
function repeat(dy: tf.Tensor, x: tf.Tensor, axes: readonly number[]): tf.Tensor {
  const keptShape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  // `tf.ones` writes every element, also where a step is only recorded: of a ResNet's, for most of the time that recording took.
  return tf.mul(tf.reshape(dy, keptShape), tf.fill(x.shape, 1));
}
