import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

/** The gradient goes to the largest entry along the reduced axes. */
export const maxGradient = extremeGradient(tf.Max, 'reductionIndices', (x, axes) => {
  return tf.step(tf.sub(tf.max(x, axes, true), x));
});

/** The gradient goes to the smallest entry along the reduced axes. */
export const minGradient = extremeGradient(tf.Min, 'axis', (x, axes) => {
  return tf.step(tf.sub(x, tf.min(x, axes, true)));
});

/**
 * Entries that tie share the gradient evenly, as in TensorFlow; stock TensorFlow.js gives each of them
 * all of it, which is no subgradient.
 *
 * @param isNotExtreme 1 where an entry is not the extreme one, 0 where it is.
 */
function extremeGradient(
  kernelName: string,
  axisAttribute: string,
  isNotExtreme: (x: tf.Tensor, axes: number[]) => tf.Tensor,
): GradientDefinition {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (upstream, saved, attributes) => {
      const x = saved[0];
      const axes = tf.util.parseAxisParam(attributes[axisAttribute] as number | number[], x.shape);
      return {
        x: () => {
          const isExtreme = tf.sub(1, isNotExtreme(x, axes));
          const share = tf.div(isExtreme, tf.sum(isExtreme, axes, true));
          const keptShape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
          return tf.mul(tf.reshape(upstream as tf.Tensor, keptShape), share);
        },
      };
    },
  };
}
