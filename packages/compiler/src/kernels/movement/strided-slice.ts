import { type ReverseAttrs, slice_util, type StridedSliceAttrs } from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import { normalizeAxes, stridesOf } from '../../graph/shape.js';
import type { Shape } from '../../graph/types.js';
import type { Kernel } from '../kernel.js';
import { dot, moved } from './moved-elements.js';

export const stridedSlice: Kernel = {
  name: 'StridedSlice',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
      attributes as StridedSliceAttrs;
    const info = slice_util.sliceInfo(
      [...x.shape],
      begin,
      end,
      strides,
      beginMask,
      endMask,
      ellipsisMask,
      newAxisMask,
      shrinkAxisMask,
    );
    const shape = slice_util.computeOutShape(info.begin, info.end, info.strides);
    const taken = graph.apply('StridedSlice', [x], { begin: info.begin, strides: info.strides, shape });
    return graph.reshape(taken, info.finalShape);
  },
  operation: {
    traits: { movement: true },
    infer: ([x], { shape }) => ({ shape: shape as Shape, dtype: x.dtype }),
    evaluate: (value, [data]) => {
      const strides = stridesOf(value.inputs[0].shape);
      const { begin, strides: steps } = value.attributes as { begin: number[]; strides: number[] };
      const start = dot(begin, strides);
      return moved(
        value,
        data,
        (index) =>
          start +
          dot(
            index.map((position, axis) => position * steps[axis]),
            strides,
          ),
      );
    },
    onnx: {
      emit: (onnx, { attributes, shape }, [x]) => {
        const { begin, strides } = attributes as { begin: number[]; strides: number[] };
        // One past the last element; below 0 it would count from the end, so it is put far below.
        const end = begin.map((from, axis) => {
          const stop = from + strides[axis] * (shape[axis] - 1) + Math.sign(strides[axis]);
          return stop < 0 ? -(2 ** 31) : stop;
        });
        const axes = begin.map((_, axis) => axis);
        return onnx.node('Slice', [x, ...[begin, end, axes, strides].map((list) => onnx.integers(list))]);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype, shape }, [x]) => {
        const { begin, strides } = attributes as { begin: number[]; strides: number[] };
        const last = begin.map((from, axis) => from + strides[axis] * (shape[axis] - 1));
        const end = last.map((at, axis) => at + Math.sign(strides[axis]));
        // One before the first element is -1, which would count from the end: there the end is left open.
        const open = end.reduce((mask, stop, axis) => (stop < 0 ? mask | (1 << axis) : mask), 0);
        const lists = [begin, end, strides].map((list) => tensorflow.integers(list));
        return tensorflow.node('StridedSlice', [x, ...lists], {
          T: type(dtype),
          Index: type('int32'),
          end_mask: open,
        });
      },
    },
  },
};

export const reverse: Kernel = {
  name: 'Reverse',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { dims } = attributes as ReverseAttrs;
    const axes = normalizeAxes(dims, x.shape.length);
    const begin = x.shape.map((dimension, axis) => (axes.includes(axis) ? dimension - 1 : 0));
    const strides = x.shape.map((_, axis) => (axes.includes(axis) ? -1 : 1));
    return graph.apply('StridedSlice', [x], { begin, strides, shape: x.shape });
  },
};

export const flipLeftRight: Kernel = {
  name: 'FlipLeftRight',
  record: ({ graph, inputs: { image } }) => {
    const width = image.shape[2];
    return graph.apply('StridedSlice', [image], {
      begin: [0, 0, width - 1, 0],
      strides: [1, 1, -1, 1],
      shape: image.shape,
    });
  },
};
