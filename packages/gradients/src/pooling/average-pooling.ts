import * as tf from '@tensorflow/tfjs-core';
import {
  type Attributes,
  type GradientDefinition,
  runKernel,
  zeroGradient,
} from '../registry/gradient-definitions.js';
import { coverExactly, fromSpan, fullOverInsideCount, poolingWindows, toSpan } from './windows.js';

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
  gradFunc: (upstream, [x], attributes) => ({
    x: () => {
      const dy = upstream as tf.Tensor;
      const windows = poolingWindows(tf.AvgPool, x.shape, attributes);
      const share = coverExactly(windows) ? dy : tf.mul(dy, fullOverInsideCount(windows));
      const input = toSpan(x, windows, 0);
      const spread = runKernel(tf.AvgPoolGrad, { dy: share, input }, unpadded(attributes));
      return fromSpan(spread, x.shape, windows);
    },
  }),
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
