import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

/**
 * The repetitions become axes of their own and are summed: two kernels at any rank. Stock adds one slice per
 * repetition and stops at rank 4.
 */
export const tileGradient: GradientDefinition = {
  kernelName: tf.Tile,
  inputsToSave: ['x'],
  gradFunc: (upstream, saved, attributes) => {
    const shape = saved[0].shape;
    const repetitions = attributes['reps'] as number[];
    return {
      x: () => {
        const splitShape: number[] = [];
        const repeatedAxes: number[] = [];
        shape.forEach((size, axis) => {
          if (repetitions[axis] > 1) {
            repeatedAxes.push(splitShape.length);
            splitShape.push(repetitions[axis]);
          }
          splitShape.push(size);
        });
        const split = tf.reshape(upstream as tf.Tensor, splitShape);
        return tf.reshape(repeatedAxes.length > 0 ? tf.sum(split, repeatedAxes) : split, shape);
      },
    };
  },
};
