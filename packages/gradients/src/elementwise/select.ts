import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, zeroGradient } from '../registry/gradient-definitions.js';

/** `tf.where`: the gradient goes to the operand that was chosen. */
export const selectGradient: GradientDefinition = {
  kernelName: tf.Select,
  inputsToSave: ['condition'],
  gradFunc: (upstream, [condition]) => {
    const dy = upstream as tf.Tensor;
    return {
      condition: () => zeroGradient(condition),
      t: () => tf.mul(dy, tf.cast(condition, 'float32')),
      e: () => tf.mul(dy, tf.cast(tf.logicalNot(condition), 'float32')),
    };
  },
};
