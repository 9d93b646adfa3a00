import type {
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInputAttrs,
  FusedConv2DAttrs,
} from '@tensorflow/tfjs-core';
import type { Value } from '../graph/types.js';
import {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
} from '../operations/convolution.js';
import { depthwise, depthwiseFilterGradient, depthwiseInputGradient } from '../operations/depthwise.js';
import { biasAndActivation } from './activation.js';
import type { Kernel, KernelCall } from './kernel.js';
import { convolutionWindows, seenBy, type WindowAttrs } from './window.js';

type FusedAttrs = WindowAttrs & Pick<FusedConv2DAttrs, 'activation' | 'leakyreluAlpha'>;

const fusedEnd = ({ inputs: { bias, preluActivationWeights }, attributes }: KernelCall<FusedAttrs>) => {
  const { activation, leakyreluAlpha } = attributes;
  return { bias, preluActivationWeights, activation, leakyreluAlpha };
};

function recordConvolution({ graph, inputs: { x, filter }, attributes }: KernelCall<WindowAttrs>): Value {
  const { windows, cut } = seenBy(convolutionWindows(x.shape, filter.shape, attributes, false), x.shape);
  return convolution(graph, cut(graph, x), filter, windows);
}

function recordDepthwise({ graph, inputs: { x, filter }, attributes }: KernelCall<WindowAttrs>): Value {
  const { windows, cut } = seenBy(convolutionWindows(x.shape, filter.shape, attributes, true), x.shape);
  return depthwise(graph, cut(graph, x), filter, windows);
}

/** The gradient with respect to the images. */
const inputGradient = (
  name: string,
  operation: typeof convolutionInputGradient,
  ofEachChannel: boolean,
): Kernel<Conv2DBackpropInputAttrs | DepthwiseConv2dNativeBackpropInputAttrs> => ({
  name,
  record: ({ graph, inputs: { dy, filter }, attributes }) => {
    const { inputShape } = attributes;
    const images = convolutionWindows(inputShape, filter.shape, attributes, ofEachChannel);
    const { windows, shape, layBack } = seenBy(images, inputShape);
    return layBack(graph, operation(graph, dy, filter, { ...windows, shape }));
  },
});

/** The gradient with respect to the filter. */
const filterGradient = (
  name: string,
  operation: typeof convolutionFilterGradient,
  ofEachChannel: boolean,
): Kernel<Conv2DBackpropFilterAttrs | DepthwiseConv2dNativeBackpropFilterAttrs> => ({
  name,
  record: ({ graph, inputs: { x, dy }, attributes }) => {
    const { filterShape } = attributes;
    const images = convolutionWindows(x.shape, filterShape, attributes, ofEachChannel);
    const { windows, cut } = seenBy(images, x.shape);
    return operation(graph, cut(graph, x), dy, { ...windows, shape: filterShape });
  },
});

const conv2d: Kernel<WindowAttrs> = { name: 'Conv2D', record: recordConvolution };

const depthwiseConv2d: Kernel<WindowAttrs> = { name: 'DepthwiseConv2dNative', record: recordDepthwise };

const fusedConv2d: Kernel<FusedAttrs> = {
  name: 'FusedConv2D',
  record: (call) => biasAndActivation(call.graph, recordConvolution(call), fusedEnd(call)),
};

const fusedDepthwiseConv2d: Kernel<FusedAttrs> = {
  name: 'FusedDepthwiseConv2D',
  record: (call) => biasAndActivation(call.graph, recordDepthwise(call), fusedEnd(call)),
};

export const convolutionKernels: readonly Kernel[] = [
  conv2d,
  inputGradient('Conv2DBackpropInput', convolutionInputGradient, false),
  filterGradient('Conv2DBackpropFilter', convolutionFilterGradient, false),
  fusedConv2d,
  depthwiseConv2d,
  inputGradient('DepthwiseConv2dNativeBackpropInput', depthwiseInputGradient, true),
  filterGradient('DepthwiseConv2dNativeBackpropFilter', depthwiseFilterGradient, true),
  fusedDepthwiseConv2d,
];
