import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** tanh'(x) = 1 - tanh(x)^2. Stock saves tanh(x), which an outer gradient takes for a constant. */
export const tanhGradient = elementwiseGradient(tf.Tanh, (x) => tf.sub(1, tf.square(tf.tanh(x))));
