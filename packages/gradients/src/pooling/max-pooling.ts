import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, zeroGradient } from '../registry/gradient-definitions.js';
import { type PoolingWindows, padToWindows, poolingWindows } from './windows.js';

/** Padding that no image value reaches, and finite, so that no backend multiplies an infinity by zero. */
const lowestFloat32 = -3.4e38;

/**
 * The gradient of the backward kernel MaxPoolGrad, for which stock TensorFlow.js has none.
 *
 * MaxPoolGrad is linear in `dy`: it sends each output's gradient to the position of its maximum (the first,
 * in row-major order, where several tie). Its transpose reads the upstream gradient at these positions. The
 * positions are constant almost everywhere, so `input` and `output` receive zero.
 */
export const maxPoolingBackwardGradient: GradientDefinition = {
  kernelName: tf.MaxPoolGrad,
  inputsToSave: ['input', 'output'],
  gradFunc: (upstream, saved, attributes) => {
    const [input, output] = saved as [tf.Tensor, tf.Tensor];
    return {
      dy: () => readAtMaxima(upstream as tf.Tensor, input, poolingWindows(input.shape, attributes)),
      input: () => zeroGradient(input),
      output: () => zeroGradient(output),
    };
  },
};

function readAtMaxima(values: tf.Tensor, input: tf.Tensor, windows: PoolingWindows): tf.Tensor {
  const { outHeight, outWidth, windowHeight, windowWidth } = windows;
  const [batch, , , channels] = input.shape as [number, number, number, number];
  const positions = tf.argMax(windowEntries(padToWindows(input, windows, lowestFloat32), windows), 2);
  const isMaximum = tf.oneHot(positions, windowHeight * windowWidth); // [batch, outputs, channels, window]
  const entries = tf.transpose(windowEntries(padToWindows(values, windows, 0), windows), [0, 1, 3, 2]);
  const read = tf.sum(tf.mul(entries, tf.cast(isMaximum, 'float32')), 3);
  return tf.reshape(read, [batch, outHeight, outWidth, channels]);
}

/** The entries of every window, [batch, outHeight * outWidth, windowHeight * windowWidth, channels]. */
function windowEntries(padded: tf.Tensor, windows: PoolingWindows): tf.Tensor {
  const { outHeight, outWidth, windowHeight, windowWidth, strideHeight, strideWidth } = windows;
  const [batch, height, width, channels] = padded.shape as [number, number, number, number];
  const indices: number[] = [];
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++) {
      for (let y = 0; y < windowHeight; y++) {
        for (let x = 0; x < windowWidth; x++) {
          indices.push((row * strideHeight + y) * width + column * strideWidth + x);
        }
      }
    }
  }
  const positions = tf.tensor2d(indices, [outHeight * outWidth, windowHeight * windowWidth], 'int32');
  return tf.gather(tf.reshape(padded, [batch, height * width, channels]), positions, 1);
}
