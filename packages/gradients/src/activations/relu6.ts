import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** relu6'(x) = 1 between 0 and 6 (both excluded, as in TensorFlow), 0 elsewhere. */
export const relu6Gradient = elementwiseGradient(tf.Relu6, (x) => tf.mul(tf.step(x), tf.step(tf.sub(6, x))));
