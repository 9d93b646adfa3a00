import * as tf from '@tensorflow/tfjs-core';
import { binaryGradient } from '../registry/gradient-definitions.js';

/** d/da (a - b)^2 = 2 (a - b). Stock forgets to sum over broadcast axes. */
export const squaredDifferenceGradient = binaryGradient(tf.SquaredDifference, {
  a: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
  b: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
});
