import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

/** dlogits = (dy - sum(dy y)) y with y = softmax(logits), computed again from the logits. */
export const softmaxGradient: GradientDefinition = {
  kernelName: tf.Softmax,
  inputsToSave: ['logits'],
  gradFunc: (upstream, saved, attributes) => {
    const dy = upstream as tf.Tensor;
    const axis = attributes['dim'] as number;
    return {
      logits: () => {
        const probabilities = tf.softmax(saved[0], axis);
        const weighted = tf.mul(dy, probabilities);
        return tf.sub(weighted, tf.mul(tf.sum(weighted, axis, true), probabilities));
      },
    };
  },
};
