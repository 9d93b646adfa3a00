import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, runKernel } from '../registry/gradient-definitions.js';

/** The input gradient of a depthwise convolution is bilinear in `dy` and `filter`. */
export const depthwiseConv2dInputBackwardGradient: GradientDefinition = {
  kernelName: tf.DepthwiseConv2dNativeBackpropInput,
  inputsToSave: ['dy', 'filter'],
  gradFunc: (upstream, saved, attributes) => {
    const x = upstream as tf.Tensor;
    const [dy, filter] = saved as [tf.Tensor, tf.Tensor];
    return {
      dy: () => runKernel(tf.DepthwiseConv2dNative, { x, filter }, shared(attributes)),
      filter: () =>
        runKernel(
          tf.DepthwiseConv2dNativeBackpropFilter,
          { x, dy },
          { ...shared(attributes), filterShape: filter.shape },
        ),
    };
  },
};

/** The filter gradient of a depthwise convolution is bilinear in `x` and `dy`. */
export const depthwiseConv2dFilterBackwardGradient: GradientDefinition = {
  kernelName: tf.DepthwiseConv2dNativeBackpropFilter,
  inputsToSave: ['x', 'dy'],
  gradFunc: (upstream, saved, attributes) => {
    const filter = upstream as tf.Tensor;
    const [x, dy] = saved as [tf.Tensor, tf.Tensor];
    return {
      x: () =>
        runKernel(
          tf.DepthwiseConv2dNativeBackpropInput,
          { dy, filter },
          { ...shared(attributes), inputShape: x.shape },
        ),
      dy: () => runKernel(tf.DepthwiseConv2dNative, { x, filter }, shared(attributes)),
    };
  },
};

function shared(attributes: tf.NamedAttrMap): tf.NamedAttrMap {
  const { strides, pad, dilations, dimRoundingMode } = attributes;
  return { strides, pad, dilations, dimRoundingMode };
}
