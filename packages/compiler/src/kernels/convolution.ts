import type {
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
  FusedConv2DAttrs,
} from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import { sizeOf } from '../graph/shape.js';
import type { Attributes, Shape, Value } from '../graph/types.js';
import {
  emitConvolution,
  emitConvolutionBackToFilter,
  emitConvolutionBackToInput,
  emitDepthwise,
  emitDepthwiseBackToFilter,
  emitDepthwiseBackToInput,
} from './tensorflow-windows.js';
import { biasAndActivation } from './activation.js';
import {
  convolveByProduct,
  correlateByProduct,
  patchKernels,
  spreadByProducts,
  worthProducts,
  worthSpreading,
} from './convolution-products.js';
import type { Kernel, KernelCall } from './kernel.js';
import {
  convolutionWindows,
  outputSize,
  seenBy,
  span,
  toAttributes,
  toChannelsFirst,
  toChannelsLast,
  toWindows,
  type Windows,
} from './window.js';

/*
 * Images are [batch, height, width, channels] and filters [height, width, inputs, outputs] (depthwise:
 * [height, width, channels, multiplier]), as in TensorFlow. ONNX has channels first, so there the
 * kernels become transposes around the two operations at the end of this file, and a pass cancels most
 * of the transposes; on a CPU, convolutions of many channels become matrix products instead
 * (convolution-products.ts).
 */

const fusedEnd = ({ inputs: { bias, preluActivationWeights }, attributes }: KernelCall) => {
  const { activation, leakyreluAlpha } = attributes as FusedConv2DAttrs;
  return { bias, preluActivationWeights, activation, leakyreluAlpha };
};

function recordConvolution({ graph, inputs: { x, filter }, attributes }: KernelCall): Value {
  const { windows, cut } = seenBy(convolutionWindows(x.shape, filter.shape, attributes, false), x.shape);
  return graph.apply('Conv2D', [cut(graph, x), filter], toAttributes(windows));
}

function recordDepthwise({ graph, inputs: { x, filter }, attributes }: KernelCall): Value {
  const { windows, cut } = seenBy(convolutionWindows(x.shape, filter.shape, attributes, true), x.shape);
  return graph.apply('DepthwiseConv2dNative', [cut(graph, x), filter], toAttributes(windows));
}

/** [height, width, inputs, outputs] to [outputs, inputs, height, width], where it serves both directions. */
const filterFirst = (graph: GraphBuilder, filter: Value) => graph.transpose(filter, [3, 2, 0, 1]);

/** [height, width, channels, multiplier] to [channels * multiplier, 1, height, width]. */
function depthwiseFilterFirst(graph: GraphBuilder, filter: Value): Value {
  const [height, width, channels, multiplier] = filter.shape;
  return graph.reshape(graph.transpose(filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]);
}

/** Positions of an output: the filter passes over every one, and of a gradient dy has the output's shape. */
const passes = (output: Shape, channelAxis: 1 | 3) => sizeOf(output) / output[channelAxis];

const conv2d: Kernel = {
  name: 'Conv2D',
  record: recordConvolution,
  operation: {
    traits: { multiplications: ({ inputs: [, filter], shape }) => passes(shape, 3) * sizeOf(filter.shape) },
    infer: ([x, filter], attributes) => {
      const [batch, height, width] = x.shape;
      return {
        shape: [batch, ...outputSize(height, width, toWindows(attributes)), filter.shape[3]],
        dtype: 'float32',
      };
    },
    onnx: {
      expand: (graph, { inputs: [x, filter], attributes }, preferences) =>
        worthProducts(preferences, filter.shape)
          ? convolveByProduct(graph, x, filter, toWindows(attributes))
          : toChannelsLast(
              graph,
              convolve(graph, toChannelsFirst(graph, x), filterFirst(graph, filter), toWindows(attributes)),
            ),
    },
    tensorflow: { emit: emitConvolution },
  },
};

const conv2dBackpropInput: Kernel = {
  name: 'Conv2DBackpropInput',
  record: ({ graph, inputs: { dy, filter }, attributes }) => {
    const { inputShape } = attributes as Conv2DBackpropInputAttrs;
    const images = convolutionWindows(inputShape, filter.shape, attributes, false);
    const { windows, shape, layBack } = seenBy(images, inputShape);
    const operands = [dy, filter];
    return layBack(graph, graph.apply('Conv2DBackpropInput', operands, { ...toAttributes(windows), shape }));
  },
  operation: {
    traits: { multiplications: ({ inputs: [dy, filter] }) => passes(dy.shape, 3) * sizeOf(filter.shape) },
    infer: (_inputs, { shape }) => ({ shape: shape as Shape, dtype: 'float32' }),
    onnx: {
      expand: (graph, { inputs: [dy, filter], attributes, shape }, preferences) => {
        const windows = toWindows(attributes);
        if (worthSpreading(preferences, filter.shape))
          return spreadByProducts(graph, dy, filter, windows, shape);
        const images = toChannelsFirst(graph, dy);
        return toChannelsLast(graph, spread(graph, images, filterFirst(graph, filter), windows, shape, 1));
      },
    },
    tensorflow: { emit: emitConvolutionBackToInput },
  },
};

const conv2dBackpropFilter: Kernel = {
  name: 'Conv2DBackpropFilter',
  record: ({ graph, inputs: { x, dy }, attributes }) => {
    const { filterShape } = attributes as Conv2DBackpropFilterAttrs;
    const { windows, cut } = seenBy(convolutionWindows(x.shape, filterShape, attributes, false), x.shape);
    const operands = [cut(graph, x), dy];
    return graph.apply('Conv2DBackpropFilter', operands, { ...toAttributes(windows), shape: filterShape });
  },
  operation: {
    traits: { multiplications: ({ inputs: [, dy], shape }) => passes(dy.shape, 3) * sizeOf(shape) },
    infer: (_inputs, { shape }) => ({ shape: shape as Shape, dtype: 'float32' }),
    onnx: {
      expand: (graph, { inputs: [x, dy], attributes, shape }, preferences) => {
        const windows = toWindows(attributes);
        if (worthProducts(preferences, shape)) return correlateByProduct(graph, x, dy, windows);
        // Channels play the batch and the batch plays the channels: one convolution with dy as its filter.
        const images = graph.transpose(x, [3, 0, 1, 2]); // [inputs, batch, height, width]
        const filter = graph.transpose(dy, [3, 0, 1, 2]); // [outputs, batch, out height, out width]
        const gradient = correlate(graph, images, filter, windows, 1); // [inputs, outputs, ...]
        return graph.transpose(gradient, [2, 3, 0, 1]);
      },
    },
    tensorflow: { emit: emitConvolutionBackToFilter },
  },
};

const depthwise: Kernel = {
  name: 'DepthwiseConv2dNative',
  record: recordDepthwise,
  operation: {
    infer: ([x, filter], attributes) => {
      const [batch, height, width, channels] = x.shape;
      const size = outputSize(height, width, toWindows(attributes));
      return { shape: [batch, ...size, channels * filter.shape[3]], dtype: 'float32' };
    },
    onnx: {
      expand: (graph, { inputs: [x, filter], attributes }) => {
        const images = toChannelsFirst(graph, x);
        const filters = depthwiseFilterFirst(graph, filter);
        return toChannelsLast(graph, convolve(graph, images, filters, toWindows(attributes), x.shape[3]));
      },
    },
    tensorflow: { emit: emitDepthwise },
  },
};

const depthwiseBackpropInput: Kernel = {
  name: 'DepthwiseConv2dNativeBackpropInput',
  record: ({ graph, inputs: { dy, filter }, attributes }) => {
    const { inputShape } = attributes as Conv2DBackpropInputAttrs;
    const images = convolutionWindows(inputShape, filter.shape, attributes, true);
    const { windows, shape, layBack } = seenBy(images, inputShape);
    const operands = [dy, filter];
    return layBack(
      graph,
      graph.apply('DepthwiseConv2dNativeBackpropInput', operands, { ...toAttributes(windows), shape }),
    );
  },
  operation: {
    infer: (_inputs, { shape }) => ({ shape: shape as Shape, dtype: 'float32' }),
    onnx: {
      expand: (graph, { inputs: [dy, filter], attributes, shape }) => {
        const images = toChannelsFirst(graph, dy);
        const filters = depthwiseFilterFirst(graph, filter);
        return toChannelsLast(graph, spread(graph, images, filters, toWindows(attributes), shape, shape[3]));
      },
    },
    tensorflow: { emit: emitDepthwiseBackToInput },
  },
};

const depthwiseBackpropFilter: Kernel = {
  name: 'DepthwiseConv2dNativeBackpropFilter',
  record: ({ graph, inputs: { x, dy }, attributes }) => {
    const { filterShape } = attributes as Conv2DBackpropFilterAttrs;
    const { windows, cut } = seenBy(convolutionWindows(x.shape, filterShape, attributes, true), x.shape);
    return graph.apply('DepthwiseConv2dNativeBackpropFilter', [cut(graph, x), dy], {
      ...toAttributes(windows),
      shape: filterShape,
    });
  },
  operation: {
    infer: (_inputs, { shape }) => ({ shape: shape as Shape, dtype: 'float32' }),
    onnx: {
      // As for the full convolution, with one group per channel.
      expand: (graph, { inputs: [x, dy], attributes, shape: [height, width, channels, multiplier] }) => {
        const [batch, inHeight, inWidth] = x.shape;
        const images = graph.reshape(graph.transpose(x, [3, 0, 1, 2]), [
          1,
          channels * batch,
          inHeight,
          inWidth,
        ]);
        const filter = graph.transpose(dy, [3, 0, 1, 2]); // [channels * multiplier, batch, ...]
        const gradient = correlate(graph, images, filter, toWindows(attributes), channels);
        const split = graph.reshape(gradient, [channels, multiplier, height, width]);
        return graph.transpose(split, [2, 3, 0, 1]);
      },
    },
    tensorflow: { emit: emitDepthwiseBackToFilter },
  },
};

/** A convolution with channels first. */
function convolve(graph: GraphBuilder, images: Value, filters: Value, windows: Windows, groups = 1): Value {
  return graph.apply('ChannelsFirstConvolution', [images, filters], { ...toAttributes(windows), groups });
}

/**
 * The transpose of a convolution, channels first: what each output received is given back to the inputs
 * it came from. `shape` is that of the images, [batch, height, width, channels].
 */
export function spread(
  graph: GraphBuilder,
  images: Value,
  filters: Value,
  windows: Windows,
  [, height, width]: Shape,
  groups: number,
): Value {
  return graph.apply('ChannelsFirstTransposedConvolution', [images, filters], {
    ...toAttributes(windows),
    groups,
    size: [height, width],
  });
}

/**
 * The gradient of a convolution with respect to its filter: the images convolved with the output's
 * gradient, whose entries lie `strides` apart and which moves in steps of `dilations`.
 */
function correlate(
  graph: GraphBuilder,
  images: Value,
  gradient: Value,
  windows: Windows,
  groups: number,
): Value {
  const { window, strides, dilations, pads } = windows;
  const reach = (axis: 0 | 1) => {
    const wanted = span(gradient.shape[2 + axis], strides[axis]) + (window[axis] - 1) * dilations[axis];
    return wanted - images.shape[2 + axis] - pads[axis];
  };
  const result = convolve(
    graph,
    images,
    gradient,
    {
      window: [gradient.shape[2], gradient.shape[3]],
      strides: dilations,
      dilations: strides,
      pads: [pads[0], pads[1], Math.max(0, reach(0)), Math.max(0, reach(1))],
    },
    groups,
  );
  // Rows that no window reached would give filter entries beyond the last.
  const size = [result.shape[0], result.shape[1], ...window];
  return graph.apply('Slice', [result], { begin: [0, 0, 0, 0], size });
}

const channelsFirstConvolution: Kernel = {
  name: 'ChannelsFirstConvolution',
  operation: {
    traits: {
      zeroFactor: true,
      multiplications: ({ inputs: [, filters], shape }) => passes(shape, 1) * sizeOf(filters.shape),
    },
    infer: ([images, filters], attributes) => {
      const [batch, , height, width] = images.shape;
      return {
        shape: [batch, filters.shape[0], ...outputSize(height, width, toWindows(attributes))],
        dtype: 'float32',
      };
    },
    onnx: { emit: (onnx, { attributes }, inputs) => onnx.node('Conv', inputs, onnxWindows(attributes)) },
  },
};

const channelsFirstTransposedConvolution: Kernel = {
  name: 'ChannelsFirstTransposedConvolution',
  operation: {
    traits: {
      zeroFactor: true,
      multiplications: ({ inputs: [images, filters] }) => passes(images.shape, 1) * sizeOf(filters.shape),
    },
    infer: ([images, filters], { groups, size }) => ({
      shape: [images.shape[0], filters.shape[1] * (groups as number), ...(size as number[])],
      dtype: 'float32',
    }),
    onnx: {
      emit: (onnx, { attributes, inputs: [images] }, operands) => {
        const { window, strides, dilations, pads } = toWindows(attributes);
        const size = attributes.size as number[];
        // What the windows do not reach at the end is added; padding beyond the reach is taken back.
        const missing = [0, 1].map((axis) => {
          const reached = (images.shape[2 + axis] - 1) * strides[axis] + span(window[axis], dilations[axis]);
          return size[axis] + pads[axis] - reached;
        });
        return onnx.node('ConvTranspose', operands, {
          ...onnxWindows(attributes),
          pads: [pads[0], pads[1], Math.max(0, -missing[0]), Math.max(0, -missing[1])],
          output_padding: missing.map((rows) => Math.max(0, rows)),
        });
      },
    },
  },
};

function onnxWindows(attributes: Attributes) {
  const { window, strides, dilations, pads } = toWindows(attributes);
  return { kernel_shape: window, strides, dilations, pads, group: attributes.groups as number };
}

export const convolutionKernels: readonly Kernel[] = [
  conv2d,
  conv2dBackpropInput,
  conv2dBackpropFilter,
  {
    name: 'FusedConv2D',
    record: (call) => biasAndActivation(call.graph, recordConvolution(call), fusedEnd(call)),
  },
  depthwise,
  depthwiseBackpropInput,
  depthwiseBackpropFilter,
  {
    name: 'FusedDepthwiseConv2D',
    record: (call) => biasAndActivation(call.graph, recordDepthwise(call), fusedEnd(call)),
  },
  channelsFirstConvolution,
  channelsFirstTransposedConvolution,
  ...patchKernels,
];
