import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

/**
 * dlogits = dy - sum(dy) softmax(logits), for the kernel LogSoftmax.
 *
 * `tf.logSoftmax` does not run this kernel: it is a custom gradient inside tfjs-core, which
 * `guard/custom-gradients.ts` replaces.
 */
export const logSoftmaxGradient: GradientDefinition = {
  kernelName: tf.LogSoftmax,
  inputsToSave: ['logits'],
  gradFunc: (upstream, saved, attributes) => {
    const dy = upstream as tf.Tensor;
    const axis = attributes['axis'] as number;
    return {
      logits: () => tf.sub(dy, tf.mul(tf.sum(dy, axis, true), tf.softmax(saved[0]!, axis))),
    };
  },
};
