import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** relu'(x) = 1 above zero, 0 elsewhere. */
export const reluGradient = elementwiseGradient(tf.Relu, (x) => tf.step(x));
