import type { TileAttrs } from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import { stridesOf } from '../../graph/shape.js';
import type { Shape } from '../../graph/types.js';
import type { Kernel } from '../kernel.js';
import { dot, moved } from './moved-elements.js';

export const broadcastTo: Kernel = {
  name: 'BroadcastTo',
  record: ({ graph, inputs: { x }, attributes }) =>
    graph.apply('BroadcastTo', [x], { shape: (attributes as { shape: number[] }).shape }),
  operation: {
    traits: { movement: true },
    infer: ([x], { shape }) => ({ shape: shape as Shape, dtype: x.dtype }),
    evaluate: (value, [data]) => {
      const { shape } = value.inputs[0];
      const lead = value.shape.length - shape.length;
      const strides = stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
      return moved(value, data, (index) => dot(index.slice(lead), strides));
    },
    onnx: {
      emit: (onnx, { attributes }, [x]) =>
        onnx.node('Expand', [x, onnx.integers(attributes.shape as number[])]),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) =>
        tensorflow.node('BroadcastTo', [x, tensorflow.integers(attributes.shape as number[])], {
          T: type(dtype),
        }),
    },
  },
};

export const tile: Kernel = {
  name: 'Tile',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { reps } = attributes as TileAttrs;
    const lead = Math.max(0, reps.length - x.shape.length);
    const from = graph.reshape(x, [...new Array<number>(lead).fill(1), ...x.shape]);
    const repeats = [...new Array<number>(from.shape.length - reps.length).fill(1), ...reps];
    const shape = from.shape.map((dimension, axis) => dimension * repeats[axis]);
    // Repeating an axis of size 1 is broadcasting, which most users can do without a copy.
    if (repeats.every((count, axis) => count === 1 || from.shape[axis] === 1)) {
      return graph.apply('BroadcastTo', [from], { shape });
    }
    return graph.apply('Tile', [from], { repeats });
  },
  operation: {
    traits: { movement: true },
    infer: ([x], { repeats }) => ({
      shape: x.shape.map((dimension, axis) => dimension * (repeats as number[])[axis]),
      dtype: x.dtype,
    }),
    onnx: {
      emit: (onnx, { attributes }, [x]) =>
        onnx.node('Tile', [x, onnx.integers(attributes.repeats as number[])]),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) =>
        tensorflow.node('Tile', [x, tensorflow.integers(attributes.repeats as number[])], {
          T: type(dtype),
        }),
    },
  },
};
