import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, toFloat, zeroGradient } from '../registry/gradient-definitions.js';

/** Kernels that put the same entries into another order or shape: the gradient goes the same way back. */

export const identityGradient: GradientDefinition = {
  kernelName: tf.Identity,
  gradFunc: (dy) => ({ x: () => tf.clone(dy as tf.Tensor) }),
};

/** A cast to int32 or bool is constant almost everywhere; stock lets the gradient through. */
export const castGradient: GradientDefinition = {
  kernelName: tf.Cast,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], { dtype }) => ({
    x: () =>
      dtype === 'float32' && x.dtype === 'float32' ? tf.clone(toFloat(dy as tf.Tensor)) : zeroGradient(x),
  }),
};

export const reshapeGradient: GradientDefinition = {
  kernelName: tf.Reshape,
  inputsToSave: ['x'],
  gradFunc: (dy, [x]) => ({ x: () => tf.reshape(dy as tf.Tensor, x.shape) }),
};

export const expandDimsGradient: GradientDefinition = {
  kernelName: tf.ExpandDims,
  inputsToSave: ['input'],
  gradFunc: (dy, [input]) => ({ input: () => tf.reshape(dy as tf.Tensor, input.shape) }),
};

export const transposeGradient: GradientDefinition = {
  kernelName: tf.Transpose,
  gradFunc: (dy, _saved, attributes) => {
    const order = attributes['perm'] as number[];
    return {
      x: () =>
        tf.transpose(
          dy as tf.Tensor,
          order.map((_, axis) => order.indexOf(axis)),
        ),
    };
  },
};

export const reverseGradient: GradientDefinition = {
  kernelName: tf.Reverse,
  gradFunc: (upstream, _saved, attributes) => {
    const dy = upstream as tf.Tensor;
    const axes = tf.util.parseAxisParam(attributes['dims'] as number | number[], dy.shape);
    return { x: () => tf.reverse(dy, axes) };
  },
};

/** Images mirrored from left to right. Stock has none. */
export const flipLeftRightGradient: GradientDefinition = {
  kernelName: tf.FlipLeftRight,
  gradFunc: (dy) => ({ image: () => tf.reverse(dy as tf.Tensor, 2) }),
};
