import type { GraphBuilder } from '../graph/builder.js';
import { sizeOf } from '../graph/shape.js';
import type { Shape, Value, ValueType } from '../graph/types.js';
import { spread } from './channels-first.js';
import { defineOperation } from './definition.js';
import { multiply } from './elementwise/arithmetic.js';
import { repeatPixels } from './movement/repeat-pixels.js';
import { reshape } from './movement/reshape.js';
import {
  emitAveragePool,
  emitAveragePoolGradient,
  emitMaxPool,
  emitMaxPoolGradient,
} from './tensorflow-windows.js';
import { outputSize, toChannelsFirst, toChannelsLast, type Windows } from './window.js';

/*
 * Average or maximum over windows of images [batch, height, width, channels]; padding does not count. ONNX has
 * channels first.
 */

const pooledType = ([x]: readonly Value[], windows: Windows): ValueType => {
  const [batch, height, width, channels] = x.shape;
  return { shape: [batch, ...outputSize(height, width, windows), channels], dtype: x.dtype };
};

const channelsFirstPooling = (name: string, opType: string) =>
  defineOperation<Windows, [x: Value]>({
    name,
    infer: ([x], windows) => {
      const [batch, channels, height, width] = x.shape;
      return { shape: [batch, channels, ...outputSize(height, width, windows)], dtype: x.dtype };
    },
    onnx: {
      emit: (onnx, { attributes: { window, strides, pads } }, inputs) =>
        onnx.node(opType, inputs, { kernel_shape: window, strides, pads }),
    },
  });

const channelsFirstAveragePool = channelsFirstPooling('ChannelsFirstAvgPool', 'AveragePool');
const channelsFirstMaxPool = channelsFirstPooling('ChannelsFirstMaxPool', 'MaxPool');

export const averagePool = defineOperation<Windows, [x: Value]>({
  name: 'AvgPool',
  infer: pooledType,
  onnx: {
    expand: (graph, { inputs: [x], attributes: windows }) =>
      toChannelsLast(graph, channelsFirstAveragePool(graph, toChannelsFirst(graph, x), windows)),
  },
  tensorflow: { emit: emitAveragePool },
});

export const maxPool = defineOperation<Windows, [x: Value]>({
  name: 'MaxPool',
  infer: pooledType,
  onnx: {
    expand: (graph, { inputs: [x], attributes: windows }) =>
      toChannelsLast(graph, channelsFirstMaxPool(graph, toChannelsFirst(graph, x), windows)),
  },
  tensorflow: { emit: emitMaxPool },
});

/** Whether the windows tile the image: then every pixel lies in exactly one. */
function windowsTile([, height, width]: Shape, { window, strides, pads }: Windows): boolean {
  return (
    pads.every((pad) => pad === 0) &&
    window.every((size, axis) => size === strides[axis]) &&
    height % window[0] === 0 &&
    width % window[1] === 0
  );
}

/** Every pixel of dy, divided by the size of the window, to each pixel of its window. */
function spreadEvenly(graph: GraphBuilder, dy: Value, shape: Shape, windows: Windows): Value {
  const { window } = windows;
  const share = multiply(graph, dy, graph.fill(1 / sizeOf(window)));
  const [batch, outHeight, outWidth, channels] = dy.shape;
  if (windowsTile(shape, windows)) return repeatPixels(graph, share, window);
  const images = toChannelsFirst(graph, share);
  const single = reshape(graph, images, { shape: [batch * channels, 1, outHeight, outWidth] });
  const ones = graph.fill(1, [1, 1, ...window]);
  const spreadOut = spread(graph, single, ones, windows, shape, 1);
  return toChannelsLast(graph, reshape(graph, spreadOut, { shape: [batch, channels, shape[1], shape[2]] }));
}

/** As in TensorFlow.js, each window's gradient is divided by its full size, padding included. */
export const averagePoolGradient = defineOperation<Windows, [dy: Value, x: Value]>({
  name: 'AvgPoolGrad',
  infer: ([, x]) => x,
  onnx: {
    expand: (graph, { inputs: [dy, x], attributes: windows }) => spreadEvenly(graph, dy, x.shape, windows),
  },
  tensorflow: { emit: emitAveragePoolGradient },
});

export const maxPoolGradient = defineOperation<Windows, [dy: Value, x: Value]>({
  name: 'MaxPoolGrad',
  infer: ([, x]) => x,
  onnx: {
    expand: (graph, { inputs: [dy, x], attributes: windows }) => {
      const [gradients, images] = [toChannelsFirst(graph, dy), toChannelsFirst(graph, x)];
      return toChannelsLast(graph, channelsFirstMaxPoolGradient(graph, gradients, images, windows));
    },
  },
  tensorflow: { emit: emitMaxPoolGradient },
});

const channelsFirstMaxPoolGradient = defineOperation<Windows, [dy: Value, x: Value]>({
  name: 'ChannelsFirstMaxPoolGrad',
  infer: ([, x]) => x,
  onnx: {
    // Each gradient is added at the position of its window's first maximum.
    emit: (onnx, { attributes: { window, strides, pads }, inputs: [, images], shape }, [dy, x]) => {
      const pooling = { kernel_shape: window, strides, pads };
      const [, positions] = onnx.nodeWithOutputs('MaxPool', [x], pooling, 2);
      const flat = onnx.integers([-1]);
      const zeros = onnx.node('Expand', [onnx.scalar(0), onnx.integers([sizeOf(images.shape)])]);
      const operands = [zeros, onnx.node('Reshape', [positions, flat]), onnx.node('Reshape', [dy, flat])];
      const added = onnx.node('ScatterElements', operands, { axis: 0, reduction: 'add' });
      return onnx.node('Reshape', [added, onnx.integers(shape)]);
    },
  },
});
