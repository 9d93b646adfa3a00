import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, runKernel } from '../registry/gradient-definitions.js';
import { dilate, dilatedShape, dilationsOf, undilate } from './dilation.js';

/*
 * A convolution is bilinear in images and filter, so the gradients of the three kernels are the kernels
 * themselves. Stock has none for the filter's, and leaves `dimRoundingMode` out, so that windows lie elsewhere.
 */

export const conv2dGradient: GradientDefinition = {
  kernelName: tf.Conv2D,
  inputsToSave: ['x', 'filter'],
  gradFunc: (upstream, saved, attributes) => {
    const dy = upstream as tf.Tensor;
    const [x, filter] = saved as [tf.Tensor, tf.Tensor];
    const dilations = dilationsOf(attributes);
    return {
      x: () =>
        runKernel(
          tf.Conv2DBackpropInput,
          { dy, filter: dilate(filter, dilations) },
          { ...geometry(attributes), inputShape: x.shape },
        ),
      filter: () =>
        undilate(
          runKernel(
            tf.Conv2DBackpropFilter,
            { x, dy },
            { ...geometry(attributes), filterShape: dilatedShape(filter.shape, dilations) },
          ),
          dilations,
        ),
    };
  },
};

export const conv2dInputBackwardGradient: GradientDefinition = {
  kernelName: tf.Conv2DBackpropInput,
  inputsToSave: ['dy', 'filter'],
  gradFunc: (upstream, saved, attributes) => {
    const x = upstream as tf.Tensor;
    const [dy, filter] = saved as [tf.Tensor, tf.Tensor];
    return {
      dy: () => runKernel(tf.Conv2D, { x, filter }, { ...geometry(attributes), dilations: [1, 1] }),
      filter: () =>
        runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...geometry(attributes), filterShape: filter.shape }),
    };
  },
};

export const conv2dFilterBackwardGradient: GradientDefinition = {
  kernelName: tf.Conv2DBackpropFilter,
  inputsToSave: ['x', 'dy'],
  gradFunc: (upstream, saved, attributes) => {
    const filter = upstream as tf.Tensor;
    const [x, dy] = saved as [tf.Tensor, tf.Tensor];
    return {
      x: () =>
        runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...geometry(attributes), inputShape: x.shape }),
      dy: () => runKernel(tf.Conv2D, { x, filter }, { ...geometry(attributes), dilations: [1, 1] }),
    };
  },
};

/** What says where the windows lie. */
function geometry({ strides, pad, dataFormat, dimRoundingMode }: tf.NamedAttrMap): tf.NamedAttrMap {
  return { strides, pad, dataFormat, dimRoundingMode };
}
