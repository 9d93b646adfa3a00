import * as tf from '@tensorflow/tfjs-core';
import { binaryGradient } from '../registry/gradient-definitions.js';

/**
 * d/da a^b = b a^(b - 1) and d/db a^b = a^b log(a).
 *
 * Two guards keep higher orders finite: where b = 0 the power b - 1 is replaced by 0 (the factor b makes
 * the product 0 all the same, without 0 * infinity at a = 0), and where a <= 0 the logarithm sees 1, so
 * that its own derivative stays finite (d/db is 0 there, as in TensorFlow).
 */
export const powGradient = binaryGradient(tf.Pow, {
  a: (dy, a, b) => {
    const reducedPower = tf.sub(b, tf.cast(tf.notEqual(b, 0), 'float32'));
    return tf.mul(dy, tf.mul(b, tf.pow(a, reducedPower)));
  },
  b: (dy, a, b) => {
    const positiveBase = tf.where(tf.greater(a, 0), a, tf.onesLike(a));
    return tf.mul(dy, tf.mul(tf.pow(a, b), tf.log(positiveBase)));
  },
});
