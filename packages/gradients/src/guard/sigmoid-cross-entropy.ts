import * as tf from '@tensorflow/tfjs-core';
import { operationSuffix } from './composed-operations.js';

/**
 * TensorFlow.js writes sigmoid cross-entropy as relu(x) - x t + log(1 + exp(-|x|)), in `tf.losses` and in the losses
 * of tfjs-layers. At x = 0 both kinks stand in one sum that has none: with relu'(0) = 0 its gradient sigmoid(0) - t
 * comes out only with -1 for the slope of |x|. A network whose last layer starts at zero has all its logits there.
 *
 * @param x what an absolute value is about to be taken of, while a gradient is being recorded
 * @returns whether it is that absolute value: the ReLU of the same tensor was recorded just before
 */
export function completesSigmoidCrossEntropy(x: tf.Tensor): boolean {
  // Saved tensors stand on the tape as copies, under the name of the operation's scope.
  const kernels = tf
    .engine()
    .state.activeTape.slice(-6)
    .filter(({ kernelName }) => !kernelName.endsWith(operationSuffix));
  return kernels
    .slice(-2)
    .some(({ kernelName, inputs }) => kernelName === tf.Relu && inputs['x'].id === x.id);
}

/** |x|, with the slope -1 at 0. */
export function absoluteValueFromBelow(x: tf.Tensor): tf.Tensor {
  return tf.where(tf.greater(x, 0), x, tf.neg(x));
}
