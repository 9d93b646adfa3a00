import * as tf from '@tensorflow/tfjs-core';
import {
  type Attributes,
  type GradientDefinition,
  runKernel,
  zeroGradient,
} from '../registry/gradient-definitions.js';
import { type PoolingWindows, padToWindows, poolingWindows } from './windows.js';

/**
 * Every window spreads its gradient evenly over its entries.
 *
 * The backward kernel is called without padding, on an input padded explicitly: the stock CPU kernel divides
 * by the full window where the forward one divides by the entries inside the image, so at a padded border
 * its first-order gradient is wrong.
 */
export const averagePoolingGradient: GradientDefinition = {
  kernelName: tf.AvgPool,
  inputsToSave: ['x'],
  gradFunc: (upstream, saved, attributes) => {
    const x = saved[0];
    return {
      x: () => {
        const windows = poolingWindows(x.shape, attributes);
        const backward = (dy: tf.Tensor) =>
          runKernel(tf.AvgPoolGrad, { dy, input: padToWindows(x, windows, 0) }, { ...unpadded(attributes) });
        if (!windows.padded) return backward(upstream as tf.Tensor);
        const spread = backward(tf.mul(upstream as tf.Tensor, fullOverInsideCount(x.shape, windows)));
        const [, [top], [left]] = windows.paddings;
        return tf.slice(spread, [0, top, left, 0], x.shape);
      },
    };
  },
};

/** The backward kernel is linear in `dy` and sees only the shape of `input`; its gradient is the pooling itself. */
export const averagePoolingBackwardGradient: GradientDefinition = {
  kernelName: tf.AvgPoolGrad,
  gradFunc: (upstream, _saved, attributes) => {
    const ddx = upstream as tf.Tensor4D;
    const { filterSize, strides } = attributes as { filterSize: [number, number]; strides: [number, number] };
    return {
      dy: () => tf.avgPool(ddx, filterSize, strides, 'valid'),
      input: () => zeroGradient(ddx),
    };
  },
};

function unpadded(attributes: Attributes): Attributes {
  return { filterSize: attributes['filterSize'], strides: attributes['strides'], pad: 'valid' };
}

/** Window size over the number of its entries inside the image, [1, outHeight, outWidth, 1]. */
function fullOverInsideCount(inputShape: number[], windows: PoolingWindows): tf.Tensor {
  const rows = insideCounts(
    inputShape[1],
    windows.outHeight,
    windows.windowHeight,
    windows.strideHeight,
    windows.paddings[1][0],
  );
  const columns = insideCounts(
    inputShape[2],
    windows.outWidth,
    windows.windowWidth,
    windows.strideWidth,
    windows.paddings[2][0],
  );
  const area = windows.windowHeight * windows.windowWidth;
  const ratios = rows.flatMap((row) => columns.map((column) => area / (row * column)));
  return tf.tensor(ratios, [1, windows.outHeight, windows.outWidth, 1]);
}

function insideCounts(
  size: number,
  outSize: number,
  window: number,
  stride: number,
  before: number,
): number[] {
  return Array.from({ length: outSize }, (_, out) => {
    const start = out * stride - before;
    return Math.min(size, start + window) - Math.max(0, start);
  });
}
