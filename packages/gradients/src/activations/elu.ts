import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/**
 * elu'(x) = exp(min(x, 0)): 1 above zero, exp(x) below. Stock calls the kernel EluGrad, which has no
 * gradient of its own.
 */
export const eluGradient = elementwiseGradient(tf.Elu, (x) => tf.exp(tf.minimum(x, 0)));
