import * as tf from '@tensorflow/tfjs-core';
import { binaryGradient } from '../registry/gradient-definitions.js';

/** The smaller operand takes the whole gradient; at a tie it goes to `a`, as in TensorFlow. */
export const minimumGradient = binaryGradient(tf.Minimum, {
  a: (dy, a, b) => tf.mul(dy, tf.sub(1, tf.step(tf.sub(a, b)))),
  b: (dy, a, b) => tf.mul(dy, tf.step(tf.sub(a, b))),
});
