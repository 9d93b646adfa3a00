import * as tf from '@tensorflow/tfjs-core';
import { GradientError } from '@dist-gan/core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

/** Blocks of pixels go back to channels ("pixel shuffle" undone): reshape, transpose, reshape. Stock has none. */
export const depthToSpaceGradient: GradientDefinition = {
  kernelName: tf.DepthToSpace,
  inputsToSave: ['x'],
  gradFunc: (upstream, saved, attributes) => {
    const { blockSize, dataFormat } = attributes as { blockSize: number; dataFormat: string };
    if (dataFormat !== 'NHWC') {
      throw new GradientError(
        `the gradient of depthToSpace needs the data format NHWC, got ${dataFormat}; transpose the images first`,
        tf.DepthToSpace,
      );
    }
    const [batch, height, width, depth] = saved[0].shape as [number, number, number, number];
    const channels = depth / (blockSize * blockSize);
    return {
      x: () => {
        const blocks = tf.reshape(upstream as tf.Tensor, [
          batch,
          height,
          blockSize,
          width,
          blockSize,
          channels,
        ]);
        return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch, height, width, depth]);
      },
    };
  },
};

/** Each of the two is the other's way back. */
export const spaceToBatchGradient: GradientDefinition = {
  kernelName: tf.SpaceToBatchND,
  gradFunc: (dy, _saved, attributes) => ({
    x: () =>
      tf.batchToSpaceND(dy as tf.Tensor, attributes['blockShape'] as number[], pairs(attributes['paddings'])),
  }),
};

export const batchToSpaceGradient: GradientDefinition = {
  kernelName: tf.BatchToSpaceND,
  gradFunc: (dy, _saved, attributes) => ({
    x: () =>
      tf.spaceToBatchND(dy as tf.Tensor, attributes['blockShape'] as number[], pairs(attributes['crops'])),
  }),
};

const pairs = (attribute: unknown) => attribute as number[][];
