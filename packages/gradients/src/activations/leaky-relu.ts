import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** leakyRelu'(x) = 1 above zero, alpha elsewhere: one Step kernel. Stock compares, and Greater has no gradient. */
export const leakyReluGradient = elementwiseGradient(tf.LeakyRelu, (x, attributes) =>
  tf.step(x, attributes['alpha'] as number),
);
