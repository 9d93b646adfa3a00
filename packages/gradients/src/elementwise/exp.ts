import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** exp'(x) = exp(x), computed again from x. Stock saves the output, which an outer gradient takes for a constant. */
export const expGradient = elementwiseGradient(tf.Exp, (x) => tf.exp(x));
