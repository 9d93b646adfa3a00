import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, runKernel } from '../registry/gradient-definitions.js';
import { dilate, dilatedShape, dilationsOf, undilate } from './dilation.js';

/* As for the full convolution, the gradients of the three kernels are the kernels themselves. */

export const depthwiseConv2dGradient: GradientDefinition = {
  kernelName: tf.DepthwiseConv2dNative,
  inputsToSave: ['x', 'filter'],
  gradFunc: (upstream, saved, attributes) => {
    const dy = upstream as tf.Tensor;
    const [x, filter] = saved as [tf.Tensor, tf.Tensor];
    const dilations = dilationsOf(attributes);
    return {
      x: () =>
        runKernel(
          tf.DepthwiseConv2dNativeBackpropInput,
          { dy, filter: dilate(filter, dilations) },
          { ...geometry(attributes), inputShape: x.shape },
        ),
      filter: () =>
        undilate(
          runKernel(
            tf.DepthwiseConv2dNativeBackpropFilter,
            { x, dy },
            { ...geometry(attributes), filterShape: dilatedShape(filter.shape, dilations) },
          ),
          dilations,
        ),
    };
  },
};

export const depthwiseConv2dInputBackwardGradient: GradientDefinition = {
  kernelName: tf.DepthwiseConv2dNativeBackpropInput,
  inputsToSave: ['dy', 'filter'],
  gradFunc: (upstream, saved, attributes) => {
    const x = upstream as tf.Tensor;
    const [dy, filter] = saved as [tf.Tensor, tf.Tensor];
    return {
      dy: () => runKernel(tf.DepthwiseConv2dNative, { x, filter }, geometry(attributes)),
      filter: () =>
        runKernel(
          tf.DepthwiseConv2dNativeBackpropFilter,
          { x, dy },
          { ...geometry(attributes), filterShape: filter.shape },
        ),
    };
  },
};

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
          { ...geometry(attributes), inputShape: x.shape },
        ),
      dy: () => runKernel(tf.DepthwiseConv2dNative, { x, filter }, geometry(attributes)),
    };
  },
};

/** What says where the windows lie; dilation is in the filter by now. */
function geometry({ strides, pad, dimRoundingMode }: tf.NamedAttrMap): tf.NamedAttrMap {
  return { strides, pad, dilations: [1, 1], dimRoundingMode };
}
