import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** 1 inside the bounds (both included, as in TensorFlow), 0 outside. */
export const clipByValueGradient = elementwiseGradient(tf.ClipByValue, (x, attributes) => {
  const aboveMinimum = tf.greaterEqual(x, attributes['clipValueMin'] as number);
  const belowMaximum = tf.lessEqual(x, attributes['clipValueMax'] as number);
  return tf.cast(tf.logicalAnd(aboveMinimum, belowMaximum), 'float32');
});
