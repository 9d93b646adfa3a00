import type { GraphBuilder } from '../graph/builder.js';
import { sizeOf } from '../graph/shape.js';
import type { Shape, Value } from '../graph/types.js';
import { convolve, correlate, spread } from './channels-first.js';
import {
  convolveByProduct,
  correlateByProduct,
  spreadByProducts,
  worthProducts,
  worthSpreading,
} from './convolution-products.js';
import { defineOperation } from './definition.js';
import { transpose } from './movement/transpose.js';
import {
  emitConvolution,
  emitConvolutionBackToFilter,
  emitConvolutionBackToInput,
} from './tensorflow-windows.js';
import { outputSize, toChannelsFirst, toChannelsLast, type Windows } from './window.js';

/*
 * Images are [batch, height, width, channels] and filters [height, width, inputs, outputs], as in TensorFlow. ONNX has
 * channels first, so there these operations become transposes around those of channels-first.ts, and a pass cancels
 * most of the transposes; on a CPU, convolutions of many channels become matrix products instead
 * (convolution-products.ts).
 */

/** The shape of what a gradient is with respect to, as well. */
type WindowsOnto = Windows & Readonly<{ shape: Shape }>;

/** [height, width, inputs, outputs] to [outputs, inputs, height, width], where it serves both directions. */
const filterFirst = (graph: GraphBuilder, filter: Value) => transpose(graph, filter, { perm: [3, 2, 0, 1] });

/** Positions of an output: the filter passes over every one, and of a gradient dy has the output's shape. */
const passes = (output: Shape) => sizeOf(output) / output[3];

export const convolution = defineOperation<Windows, [x: Value, filter: Value]>({
  name: 'Conv2D',
  traits: { multiplications: ({ inputs: [, filter], shape }) => passes(shape) * sizeOf(filter.shape) },
  infer: ([x, filter], windows) => {
    const [batch, height, width] = x.shape;
    return { shape: [batch, ...outputSize(height, width, windows), filter.shape[3]], dtype: 'float32' };
  },
  onnx: {
    expand: (graph, { inputs: [x, filter], attributes: windows }, preferences) => {
      if (worthProducts(preferences, filter.shape)) return convolveByProduct(graph, x, filter, windows);
      const images = toChannelsFirst(graph, x);
      return toChannelsLast(graph, convolve(graph, images, filterFirst(graph, filter), windows));
    },
  },
  tensorflow: { emit: emitConvolution },
});

export const convolutionInputGradient = defineOperation<WindowsOnto, [dy: Value, filter: Value]>({
  name: 'Conv2DBackpropInput',
  traits: { multiplications: ({ inputs: [dy, filter] }) => passes(dy.shape) * sizeOf(filter.shape) },
  infer: (_inputs, { shape }) => ({ shape, dtype: 'float32' }),
  onnx: {
    expand: (graph, { inputs: [dy, filter], attributes: { shape, ...windows } }, preferences) => {
      if (worthSpreading(preferences, filter.shape))
        return spreadByProducts(graph, dy, filter, windows, shape);
      const images = toChannelsFirst(graph, dy);
      return toChannelsLast(graph, spread(graph, images, filterFirst(graph, filter), windows, shape, 1));
    },
  },
  tensorflow: { emit: emitConvolutionBackToInput },
});

export const convolutionFilterGradient = defineOperation<WindowsOnto, [x: Value, dy: Value]>({
  name: 'Conv2DBackpropFilter',
  traits: { multiplications: ({ inputs: [, dy], shape }) => passes(dy.shape) * sizeOf(shape) },
  infer: (_inputs, { shape }) => ({ shape, dtype: 'float32' }),
  onnx: {
    expand: (graph, { inputs: [x, dy], attributes: { shape, ...windows } }, preferences) => {
      if (worthProducts(preferences, shape)) return correlateByProduct(graph, x, dy, windows);
      // Channels play the batch and the batch plays the channels: one convolution with dy as its filter.
      const images = transpose(graph, x, { perm: [3, 0, 1, 2] }); // [inputs, batch, height, width]
      const filter = transpose(graph, dy, { perm: [3, 0, 1, 2] }); // [outputs, batch, out height, out width]
      const gradient = correlate(graph, images, filter, windows, 1); // [inputs, outputs, ...]
      return transpose(graph, gradient, { perm: [2, 3, 0, 1] });
    },
  },
  tensorflow: { emit: emitConvolutionBackToFilter },
});
