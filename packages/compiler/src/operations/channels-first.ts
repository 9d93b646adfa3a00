import type { GraphBuilder } from '../graph/builder.js';
import { sizeOf } from '../graph/shape.js';
import type { Shape, Value } from '../graph/types.js';
import { defineOperation } from './definition.js';
import { slice } from './movement/slice.js';
import { outputSize, span, type Windows } from './window.js';

/*
 * The two convolutions that ONNX has: images [batch, channels, height, width], filters [outputs, inputs, height,
 * width], and for `groups` of channels that do not mix, inputs of one group.
 */

type Grouped = Windows & Readonly<{ groups: number }>;

const onnxWindows = ({ window, strides, dilations, pads, groups }: Grouped) => ({
  kernel_shape: window,
  strides,
  dilations,
  pads,
  group: groups,
});

/** Positions of an output: the filter passes over every one. */
const passes = (output: Shape) => sizeOf(output) / output[1];

/** The pass `biasFusion` gives it a bias as a third operand: a number for each output. */
export const channelsFirstConvolution = defineOperation<Grouped, [images: Value, filters: Value]>({
  name: 'ChannelsFirstConvolution',
  traits: {
    zeroFactor: true,
    multiplications: ({ inputs: [, filters], shape }) => passes(shape) * sizeOf(filters.shape),
  },
  infer: ([images, filters], windows) => {
    const [batch, , height, width] = images.shape;
    return {
      shape: [batch, filters.shape[0], ...outputSize(height, width, windows)],
      dtype: 'float32',
    };
  },
  onnx: { emit: (onnx, { attributes }, inputs) => onnx.node('Conv', inputs, onnxWindows(attributes)) },
});

type Sized = Grouped & Readonly<{ size: readonly number[] }>;

const channelsFirstTransposedConvolution = defineOperation<Sized, [images: Value, filters: Value]>({
  name: 'ChannelsFirstTransposedConvolution',
  traits: {
    zeroFactor: true,
    multiplications: ({ inputs: [images, filters] }) => passes(images.shape) * sizeOf(filters.shape),
  },
  infer: ([images, filters], { groups, size }) => ({
    shape: [images.shape[0], filters.shape[1] * groups, ...size],
    dtype: 'float32',
  }),
  onnx: {
    emit: (onnx, { attributes, inputs: [images] }, operands) => {
      const { window, strides, dilations, pads, size } = attributes;
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
});

/** A convolution with channels first. */
export const convolve = (
  graph: GraphBuilder,
  images: Value,
  filters: Value,
  windows: Windows,
  groups = 1,
): Value => channelsFirstConvolution(graph, images, filters, { ...windows, groups });

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
  const size = [height, width];
  return channelsFirstTransposedConvolution(graph, images, filters, { ...windows, groups, size });
}

/**
 * The gradient of a convolution with respect to its filter: the images convolved with the output's
 * gradient, whose entries lie `strides` apart and which moves in steps of `dilations`.
 */
export function correlate(
  graph: GraphBuilder,
  images: Value,
  gradient: Value,
  { window, strides, dilations, pads }: Windows,
  groups: number,
): Value {
  const reach = (axis: 0 | 1) => {
    const wanted = span(gradient.shape[2 + axis], strides[axis]) + (window[axis] - 1) * dilations[axis];
    return wanted - images.shape[2 + axis] - pads[axis];
  };
  const turned: Windows = {
    window: [gradient.shape[2], gradient.shape[3]],
    strides: dilations,
    dilations: strides,
    pads: [pads[0], pads[1], Math.max(0, reach(0)), Math.max(0, reach(1))],
  };
  const result = convolve(graph, images, gradient, turned, groups);
  // Rows that no window reached would give filter entries beyond the last.
  const size = [result.shape[0], result.shape[1], ...window];
  return slice(graph, result, { begin: [0, 0, 0, 0], size });
}
