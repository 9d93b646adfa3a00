import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';
import { type AxisResizing, bilinearMatrix, nearestMatrix } from './interpolation-matrix.js';

export const resizeBilinearGradient = resizingGradient(tf.ResizeBilinear, bilinearMatrix);

export const resizeNearestNeighborGradient = resizingGradient(tf.ResizeNearestNeighbor, nearestMatrix);

/**
 * Resizing is linear and separable: rows * image * columns^T with constant interpolation matrices, so its
 * gradient is two matrix products, right at every order and on every backend.
 *
 * The stock backward kernels have no gradient, ignore `halfPixelCenters`, and the bilinear one of the CPU
 * backend swaps height and width of images that are not square.
 */
function resizingGradient(
  kernelName: string,
  interpolationMatrix: (axis: AxisResizing) => Float32Array,
): GradientDefinition {
  return {
    kernelName,
    inputsToSave: ['images'],
    gradFunc: (upstream, saved, attributes) => {
      const dy = upstream as tf.Tensor;
      const [batch, height, width, channels] = saved[0].shape as [number, number, number, number];
      const [outHeight, outWidth] = attributes['size'] as [number, number];
      const transposedMatrix = (inputSize: number, outputSize: number) => {
        const alignCorners = attributes['alignCorners'] as boolean;
        const halfPixelCenters = attributes['halfPixelCenters'] as boolean;
        const weights = interpolationMatrix({ inputSize, outputSize, alignCorners, halfPixelCenters });
        return tf.transpose(tf.tensor2d(weights, [outputSize, inputSize]));
      };
      return {
        images: () => {
          const rows = tf.reshape(dy, [batch * outHeight, outWidth, channels]);
          const narrowed = tf.matMul(transposedMatrix(width, outWidth), rows); // [batch * outHeight, width, channels]
          const columns = tf.reshape(narrowed, [batch, outHeight, width * channels]);
          const shortened = tf.matMul(transposedMatrix(height, outHeight), columns); // [batch, height, width * channels]
          return tf.reshape(shortened, [batch, height, width, channels]);
        },
      };
    },
  };
}
