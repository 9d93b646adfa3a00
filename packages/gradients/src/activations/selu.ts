import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** Klambauer et al. 2017, "Self-Normalizing Neural Networks", equation 14; as in tfjs-core's backends. */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

/**
 * selu'(x) = scale at and above zero, scale * alpha * exp(x) below, as in TensorFlow. The exponential sees
 * min(x, 0), so that the branch that is masked out cannot overflow.
 */
export const seluGradient = elementwiseGradient(tf.Selu, (x) => {
  const negative = tf.step(tf.neg(x));
  const below = tf.mul(seluScale * seluAlpha, tf.exp(tf.minimum(x, 0)));
  return tf.add(tf.mul(tf.sub(1, negative), seluScale), tf.mul(negative, below));
});
