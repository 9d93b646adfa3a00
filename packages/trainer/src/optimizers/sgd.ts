import * as tf from '@tensorflow/tfjs-core';
import type { UpdateRule } from './weight-update.js';

/** Gradient descent: `w <- w - learningRate * g`. */
export function sgd(): UpdateRule {
  return {
    slots: {},
    rate: (learningRate) => learningRate,
    update({ weight, gradient, rate }) {
      weight.assign(tf.sub(weight, tf.mul(gradient, rate)));
    },
  };
}
