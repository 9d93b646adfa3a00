import * as tf from '@tensorflow/tfjs-core';
import type { AdamOptions } from '@dist-gan/core';
import type { UpdateRule } from './weight-update.js';

/**
 * Adam as TensorFlow computes it.
 *
 *     m <- m + (1 - beta1) * (g - m)
 *     v <- v + (1 - beta2) * (g^2 - v)
 *     w <- w - rate * m / (sqrt(v) + epsilon),  rate = learningRate * sqrt(1 - beta2^t) / (1 - beta1^t)
 *
 * TensorFlow puts the bias correction into the step size, so its epsilon is the "epsilon hat" of Kingma
 * and Ba, "Adam: a method for stochastic optimization", 2015, end of section 2; PyTorch's is not.
 */
export function adam({ beta1, beta2, epsilon = 1e-8 }: Omit<AdamOptions, 'id' | 'learningRate'>): UpdateRule {
  return {
    slots: { firstMoment: 0, secondMoment: 0 },
    rate: (learningRate, call) => (learningRate * Math.sqrt(1 - beta2 ** call)) / (1 - beta1 ** call),
    update({ weight, gradient, slots, rate }) {
      const { firstMoment, secondMoment } = slots;
      firstMoment.assign(tf.add(firstMoment, tf.mul(tf.sub(gradient, firstMoment), 1 - beta1)));
      secondMoment.assign(tf.add(secondMoment, tf.mul(tf.sub(tf.square(gradient), secondMoment), 1 - beta2)));
      weight.assign(
        tf.sub(weight, tf.div(tf.mul(firstMoment, rate), tf.add(tf.sqrt(secondMoment), epsilon))),
      );
    },
  };
}
