import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, toFloat } from '../registry/gradient-definitions.js';
import { oneHot } from './one-hot.js';

/** The largest entries of the last axis: each gradient goes to where its entry stood. Stock has none. */
export const topKGradient: GradientDefinition = {
  kernelName: tf.TopK,
  inputsToSave: ['x'],
  outputsToSave: [false, true], // positions, which are constant almost everywhere
  gradFunc: (upstream, [x, positions]) => {
    const dy = toFloat((upstream as tf.Tensor[])[0]);
    const choices = x.shape[x.shape.length - 1];
    return {
      x: () => {
        const chosen = oneHot(positions, choices); // [..., k, choices]
        return tf.sum(tf.mul(tf.expandDims(dy, -1), chosen), -2);
      },
    };
  },
};
