import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradient } from '../registry/gradient-definitions.js';

/** abs'(x) = sign(x), so 0 at 0, as in TensorFlow and PyTorch; stock has -1 there. */
export const absoluteValueGradient = elementwiseGradient(tf.Abs, (x) => tf.sign(x));
