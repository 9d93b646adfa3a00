import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, runKernel } from '../registry/gradient-definitions.js';

/**
 * The filter gradient of a convolution is bilinear in the input `x` and the output gradient `dy`, so its own
 * gradients are a transposed convolution and a convolution with the upstream gradient as the filter.
 * Stock TensorFlow.js has none, so a penalty on a filter's gradient throws.
 */
export const conv2dFilterBackwardGradient: GradientDefinition = {
  kernelName: tf.Conv2DBackpropFilter,
  inputsToSave: ['x', 'dy'],
  gradFunc: (upstream, saved, attributes) => {
    const filter = upstream as tf.Tensor;
    const [x, dy] = saved as [tf.Tensor, tf.Tensor];
    const { strides, pad, dataFormat, dimRoundingMode } = attributes;
    const shared = { strides, pad, dataFormat, dimRoundingMode } as tf.NamedAttrMap;
    return {
      x: () => runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...shared, inputShape: x.shape }),
      dy: () => runKernel(tf.Conv2D, { x, filter }, { ...shared, dilations: [1, 1] }),
    };
  },
};
