import type { Value } from '../graph/types.js';
import type { GraphBuilder } from '../graph/builder.js';
import { sizeOf } from '../graph/shape.js';
import {
  emitAveragePool,
  emitAveragePoolGradient,
  emitMaxPool,
  emitMaxPoolGradient,
} from './tensorflow-windows.js';
import { spread } from './convolution.js';
import type { Kernel } from './kernel.js';
import {
  outputSize,
  poolingWindows,
  seenBy,
  toAttributes,
  toChannelsFirst,
  toChannelsLast,
  toWindows,
  type Windows,
} from './window.js';

/** Average or maximum over windows of images [batch, height, width, channels]; padding does not count. */
function pooling(name: 'AvgPool' | 'MaxPool'): Kernel {
  return {
    name,
    record: ({ graph, inputs: { x }, attributes }) => {
      const { windows, cut } = seenBy(poolingWindows(x.shape, attributes), x.shape);
      // What TensorFlow.js does too: windows of one pixel change nothing.
      if (sizeOf(windows.window) === 1 && sizeOf(windows.strides) === 1) return cut(graph, x);
      return graph.apply(name, [cut(graph, x)], toAttributes(windows));
    },
    operation: {
      infer: ([x], attributes) => {
        const [batch, height, width, channels] = x.shape;
        return {
          shape: [batch, ...outputSize(height, width, toWindows(attributes)), channels],
          dtype: x.dtype,
        };
      },
      onnx: {
        expand: (graph, { inputs: [x], attributes }) =>
          toChannelsLast(graph, graph.apply(`ChannelsFirst${name}`, [toChannelsFirst(graph, x)], attributes)),
      },
      tensorflow: { emit: name === 'AvgPool' ? emitAveragePool : emitMaxPool },
    },
  };
}

function channelsFirstPooling(name: 'AvgPool' | 'MaxPool', opType: string): Kernel {
  return {
    name: `ChannelsFirst${name}`,
    operation: {
      infer: ([x], attributes) => {
        const [batch, channels, height, width] = x.shape;
        return {
          shape: [batch, channels, ...outputSize(height, width, toWindows(attributes))],
          dtype: x.dtype,
        };
      },
      onnx: {
        emit: (onnx, { attributes }, inputs) => {
          const { window, strides, pads } = toWindows(attributes);
          return onnx.node(opType, inputs, { kernel_shape: window, strides, pads });
        },
      },
    },
  };
}

/** Whether the windows tile the image: then every pixel lies in exactly one. */
function windowsTile([, height, width]: readonly number[], { window, strides, pads }: Windows): boolean {
  return (
    pads.every((pad) => pad === 0) &&
    window.every((size, axis) => size === strides[axis]) &&
    height % window[0] === 0 &&
    width % window[1] === 0
  );
}

/** Every pixel of dy, divided by the size of the window, to each pixel of its window. */
function spreadEvenly(graph: GraphBuilder, dy: Value, shape: Value['shape'], windows: Windows): Value {
  const { window } = windows;
  const share = graph.apply('Multiply', [dy, graph.fill(1 / sizeOf(window))]);
  const [batch, outHeight, outWidth, channels] = dy.shape;
  if (windowsTile(shape, windows)) {
    const apart = graph.reshape(share, [batch, outHeight, 1, outWidth, 1, channels]);
    const repeated = graph.apply('BroadcastTo', [apart], {
      shape: [batch, outHeight, window[0], outWidth, window[1], channels],
    });
    return graph.reshape(repeated, shape);
  }
  const images = toChannelsFirst(graph, share);
  const single = graph.reshape(images, [batch * channels, 1, outHeight, outWidth]);
  const ones = graph.fill(1, [1, 1, ...window]);
  const spreadOut = spread(graph, single, ones, windows, shape, 1);
  return toChannelsLast(graph, graph.reshape(spreadOut, [batch, channels, shape[1], shape[2]]));
}

const avgPoolGrad: Kernel = {
  // As in TensorFlow.js, each window's gradient is divided by its full size, padding included.
  name: 'AvgPoolGrad',
  record: ({ graph, inputs: { dy, input }, attributes }) => {
    const { windows, cut, layBack } = seenBy(poolingWindows(input.shape, attributes), input.shape);
    return layBack(graph, graph.apply('AvgPoolGrad', [dy, cut(graph, input)], toAttributes(windows)));
  },
  operation: {
    infer: ([, input]) => input,
    onnx: {
      expand: (graph, { inputs: [dy, input], attributes }) =>
        spreadEvenly(graph, dy, input.shape, toWindows(attributes)),
    },
    tensorflow: { emit: emitAveragePoolGradient },
  },
};

const maxPoolGrad: Kernel = {
  name: 'MaxPoolGrad',
  record: ({ graph, inputs: { dy, input }, attributes }) => {
    const { windows, cut, layBack } = seenBy(poolingWindows(input.shape, attributes), input.shape);
    return layBack(graph, graph.apply('MaxPoolGrad', [dy, cut(graph, input)], toAttributes(windows)));
  },
  operation: {
    infer: ([, input]) => input,
    onnx: {
      expand: (graph, { inputs: [dy, input], attributes }) => {
        const operands = [toChannelsFirst(graph, dy), toChannelsFirst(graph, input)];
        return toChannelsLast(graph, graph.apply('ChannelsFirstMaxPoolGrad', operands, attributes));
      },
    },
    tensorflow: { emit: emitMaxPoolGradient },
  },
};

const channelsFirstMaxPoolGrad: Kernel = {
  name: 'ChannelsFirstMaxPoolGrad',
  operation: {
    infer: ([, input]) => input,
    onnx: {
      // Each gradient is added at the position of its window's first maximum.
      emit: (onnx, { attributes, inputs: [, input], shape }, [dy, x]) => {
        const { window, strides, pads } = toWindows(attributes);
        const [, positions] = onnx.nodeWithOutputs(
          'MaxPool',
          [x],
          { kernel_shape: window, strides, pads },
          2,
        );
        const flat = onnx.integers([-1]);
        const zeros = onnx.node('Expand', [onnx.scalar(0), onnx.integers([sizeOf(input.shape)])]);
        const operands = [zeros, onnx.node('Reshape', [positions, flat]), onnx.node('Reshape', [dy, flat])];
        const added = onnx.node('ScatterElements', operands, { axis: 0, reduction: 'add' });
        return onnx.node('Reshape', [added, onnx.integers(shape)]);
      },
    },
  },
};

export const poolingKernels: readonly Kernel[] = [
  pooling('AvgPool'),
  pooling('MaxPool'),
  channelsFirstPooling('AvgPool', 'AveragePool'),
  channelsFirstPooling('MaxPool', 'MaxPool'),
  avgPoolGrad,
  maxPoolGrad,
  channelsFirstMaxPoolGrad,
];
