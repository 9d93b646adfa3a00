import type { GraphBuilder } from '../graph/builder.js';
import type { Shape, Value } from '../graph/types.js';
import { convolve, correlate, spread } from './channels-first.js';
import { defineOperation } from './definition.js';
import { reshape } from './movement/reshape.js';
import { transpose } from './movement/transpose.js';
import { emitDepthwise, emitDepthwiseBackToFilter, emitDepthwiseBackToInput } from './tensorflow-windows.js';
import { outputSize, toChannelsFirst, toChannelsLast, type Windows } from './window.js';

/*
 * Convolutions in which every channel has filters of its own, [height, width, channels, multiplier]. For ONNX they
 * are convolutions of as many groups as there are channels.
 */

/** The shape of what a gradient is with respect to, as well. */
type WindowsOnto = Windows & Readonly<{ shape: Shape }>;

/** [height, width, channels, multiplier] to [channels * multiplier, 1, height, width]. */
function filterFirst(graph: GraphBuilder, filter: Value): Value {
  const [height, width, channels, multiplier] = filter.shape;
  const apart = transpose(graph, filter, { perm: [2, 3, 0, 1] });
  return reshape(graph, apart, { shape: [channels * multiplier, 1, height, width] });
}

export const depthwise = defineOperation<Windows, [x: Value, filter: Value]>({
  name: 'DepthwiseConv2dNative',
  infer: ([x, filter], windows) => {
    const [batch, height, width, channels] = x.shape;
    const size = outputSize(height, width, windows);
    return { shape: [batch, ...size, channels * filter.shape[3]], dtype: 'float32' };
  },
  onnx: {
    expand: (graph, { inputs: [x, filter], attributes: windows }) => {
      const images = toChannelsFirst(graph, x);
      const filters = filterFirst(graph, filter);
      return toChannelsLast(graph, convolve(graph, images, filters, windows, x.shape[3]));
    },
  },
  tensorflow: { emit: emitDepthwise },
});

export const depthwiseInputGradient = defineOperation<WindowsOnto, [dy: Value, filter: Value]>({
  name: 'DepthwiseConv2dNativeBackpropInput',
  infer: (_inputs, { shape }) => ({ shape, dtype: 'float32' }),
  onnx: {
    expand: (graph, { inputs: [dy, filter], attributes: { shape, ...windows } }) => {
      const images = toChannelsFirst(graph, dy);
      const filters = filterFirst(graph, filter);
      return toChannelsLast(graph, spread(graph, images, filters, windows, shape, shape[3]));
    },
  },
  tensorflow: { emit: emitDepthwiseBackToInput },
});

export const depthwiseFilterGradient = defineOperation<WindowsOnto, [x: Value, dy: Value]>({
  name: 'DepthwiseConv2dNativeBackpropFilter',
  infer: (_inputs, { shape }) => ({ shape, dtype: 'float32' }),
  onnx: {
    // As for the full convolution, with one group per channel.
    expand: (graph, { inputs: [x, dy], attributes: { shape, ...windows } }) => {
      const [height, width, channels, multiplier] = shape;
      const [batch, inHeight, inWidth] = x.shape;
      const channelsApart = transpose(graph, x, { perm: [3, 0, 1, 2] });
      const images = reshape(graph, channelsApart, { shape: [1, channels * batch, inHeight, inWidth] });
      const filter = transpose(graph, dy, { perm: [3, 0, 1, 2] }); // [channels * multiplier, batch, ...]
      const gradient = correlate(graph, images, filter, windows, channels);
      const split = reshape(graph, gradient, { shape: [channels, multiplier, height, width] });
      return transpose(graph, split, { perm: [2, 3, 0, 1] });
    },
  },
  tensorflow: { emit: emitDepthwiseBackToFilter },
});
