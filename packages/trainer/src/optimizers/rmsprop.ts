import * as tf from '@tensorflow/tfjs-core';
import type { RmsPropOptions } from '@dist-gan/core';
import type { UpdateRule } from './weight-update.js';

/**
 * RMSProp as TensorFlow 1 computes it, without momentum.
 *
 *     s <- s + (1 - decay) * (g^2 - s),  s = 1 at the start
 *     w <- w - learningRate * g / sqrt(s + epsilon)
 *
 * Beginning with s = 1 and adding epsilon under the root are TensorFlow's choices
 * (`tf.train.RMSPropOptimizer`); PyTorch begins with 0 and adds epsilon to the root.
 */
export function rmsProp({
  decay = 0.9,
  epsilon = 1e-10,
}: Omit<RmsPropOptions, 'id' | 'learningRate'>): UpdateRule {
  return {
    slots: { meanSquare: 1 },
    rate: (learningRate) => learningRate,
    update({ weight, gradient, slots: { meanSquare }, rate }) {
      meanSquare.assign(tf.add(meanSquare, tf.mul(tf.sub(tf.square(gradient), meanSquare), 1 - decay)));
      weight.assign(tf.sub(weight, tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(meanSquare, epsilon)))));
    },
  };
}
