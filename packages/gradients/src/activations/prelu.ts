import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, sumToShape } from '../registry/gradient-definitions.js';

/**
 * prelu(x, alpha) = x above zero, alpha x elsewhere: its slope is 1 or alpha, and its derivative with
 * respect to alpha is min(x, 0), summed over the axes along which alpha is shared.
 */
export const preluGradient: GradientDefinition = {
  kernelName: tf.Prelu,
  inputsToSave: ['x', 'alpha'],
  gradFunc: (upstream, saved) => {
    const dy = upstream as tf.Tensor;
    const [x, alpha] = saved as [tf.Tensor, tf.Tensor];
    return {
      x: () => {
        const positive = tf.step(x);
        return tf.mul(dy, tf.add(positive, tf.mul(tf.sub(1, positive), alpha)));
      },
      alpha: () => sumToShape(tf.mul(dy, tf.minimum(x, 0)), alpha.shape),
    };
  },
};
