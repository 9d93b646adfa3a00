import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** sigmoid'(x) = s (1 - s) with s = sigmoid(x). Stock saves s, which an outer gradient takes for a constant. */
export const sigmoidGradient = elementwiseGradient(tf.Sigmoid, (x) => {
  const probability = tf.sigmoid(x);
  return tf.mul(probability, tf.sub(1, probability));
});
