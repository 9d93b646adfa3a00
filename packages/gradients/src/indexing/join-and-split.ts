import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, toFloat } from '../registry/gradient-definitions.js';

export const concatGradient: GradientDefinition = {
  kernelName: tf.Concat,
  saveAllInputs: true,
  gradFunc: (dy, parts, attributes) => {
    const [axis] = tf.util.parseAxisParam(attributes['axis'] as number, parts[0].shape) as [number];
    const sizes = parts.map(({ shape }) => shape[axis]);
    return eachInput(tf.split(dy as tf.Tensor, sizes, axis));
  },
};

export const packGradient: GradientDefinition = {
  kernelName: tf.Pack,
  saveAllInputs: true,
  gradFunc: (dy, _parts, attributes) => eachInput(tf.unstack(dy as tf.Tensor, attributes['axis'] as number)),
};

/** For a part that nothing was computed of, TensorFlow.js passes zeros of that part's own type. */
export const splitGradient: GradientDefinition = {
  kernelName: tf.SplitV,
  gradFunc: (dy, _saved, attributes) => ({
    x: () => tf.concat((dy as tf.Tensor[]).map(toFloat), attributes['axis'] as number),
  }),
};

export const unpackGradient: GradientDefinition = {
  kernelName: tf.Unpack,
  gradFunc: (dy, _saved, attributes) => ({
    value: () => tf.stack((dy as tf.Tensor[]).map(toFloat), attributes['axis'] as number),
  }),
};

/** Kernels with a list of operands name them by their position. */
function eachInput(gradients: readonly tf.Tensor[]): Record<string, () => tf.Tensor> {
  return Object.fromEntries(gradients.map((gradient, position) => [position, () => gradient]));
}
