import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from '../indexing/one-hot.js';
import { type GradientDefinition, runKernel, zeroGradient } from '../registry/gradient-definitions.js';
import { type PoolingWindows, poolingWindows, toSpan } from './windows.js';

/** Padding that no image value reaches, and finite, so that no backend multiplies an infinity by zero. */
const lowestFloat32 = -3.4e38;

/** The gradient goes to the maximum of each window. Stock leaves out how the size is rounded. */
export const maxPoolingGradient: GradientDefinition = {
  kernelName: tf.MaxPool,
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [input, output], attributes) => ({
    x: () => {
      poolingWindows(tf.MaxPool, input.shape, attributes); // refuses windows without a maximum
      const { filterSize, strides, pad, dimRoundingMode } = attributes;
      return runKernel(
        tf.MaxPoolGrad,
        { dy: dy as tf.Tensor, input, output },
        { filterSize, strides, pad, dimRoundingMode },
      );
    },
  }),
};

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
      dy: () =>
        readAtMaxima(upstream as tf.Tensor, input, poolingWindows(tf.MaxPool, input.shape, attributes)),
      input: () => zeroGradient(input),
      output: () => zeroGradient(output),
    };
  },
};

function readAtMaxima(values: tf.Tensor, input: tf.Tensor, windows: PoolingWindows): tf.Tensor {
  const { rows, columns } = windows;
  const [batch, , , channels] = input.shape as [number, number, number, number];
  const positions = tf.argMax(windowEntries(toSpan(input, windows, lowestFloat32), windows), 2);
  const isMaximum = oneHot(positions, rows.window * columns.window); // [batch, outputs, channels, window]
  const entries = tf.transpose(windowEntries(toSpan(values, windows, 0), windows), [0, 1, 3, 2]);
  const read = tf.sum(tf.mul(entries, isMaximum), 3);
  return tf.reshape(read, [batch, rows.count, columns.count, channels]);
}

/** The entries of every window, [batch, windows, entries of a window, channels]. */
function windowEntries(span: tf.Tensor, { rows, columns }: PoolingWindows): tf.Tensor {
  const [batch, height, width, channels] = span.shape as [number, number, number, number];
  const indices: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    for (let column = 0; column < columns.count; column++) {
      for (let y = 0; y < rows.window; y++) {
        for (let x = 0; x < columns.window; x++) {
          indices.push((row * rows.stride + y) * width + column * columns.stride + x);
        }
      }
    }
  }
  const shape: [number, number] = [rows.count * columns.count, rows.window * columns.window];
  const positions = tf.tensor2d(indices, shape, 'int32');
  return tf.gather(tf.reshape(span, [batch, height * width, channels]), positions, 1);
}
