import type * as tf from '@tensorflow/tfjs-core';

/** What a layer with one input was called with: TensorFlow.js passes a tensor or a list of one. */
export function oneTensor(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(inputs) ? inputs[0] : inputs;
}
