import {
  backend_util,
  slice_util,
  type SliceAttrs,
  type SplitVAttrs,
  type TensorInfo,
  type UnpackAttrs,
} from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { normalizeAxes, stridesOf } from '../../graph/shape.js';
import type { Shape, Value } from '../../graph/types.js';
import type { Kernel } from '../kernel.js';
import { dot, moved } from './moved-elements.js';
import { untransposed } from './transpose.js';

/** Consecutive pieces of the given sizes along an axis. */
function pieces(graph: GraphBuilder, x: Value, axis: number, sizes: readonly number[]): Value[] {
  let from = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, at) => (at === axis ? from : 0));
    const size = x.shape.map((dimension, at) => (at === axis ? length : dimension));
    from += length;
    return graph.apply('Slice', [x], { begin, size });
  });
}

export const unpack: Kernel = {
  name: 'Unpack',
  record: ({ graph, inputs: { value }, attributes }) => {
    const [axis] = normalizeAxes((attributes as UnpackAttrs).axis, value.shape.length);
    const shape = value.shape.filter((_, at) => at !== axis);
    const slices = pieces(graph, value, axis, new Array<number>(value.shape[axis]).fill(1));
    return slices.map((piece) => graph.reshape(piece, shape));
  },
};

export const splitV: Kernel = {
  name: 'SplitV',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { numOrSizeSplits, axis } = attributes as SplitVAttrs;
    const [along] = normalizeAxes(axis, x.shape.length);
    const info: TensorInfo = { dataId: {}, shape: [...x.shape], dtype: x.dtype };
    return pieces(graph, x, along, backend_util.prepareSplitSize(info, numOrSizeSplits, along));
  },
};

export const slice: Kernel = {
  name: 'Slice',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { begin, size } = attributes as SliceAttrs;
    const info: TensorInfo = { dataId: {}, shape: [...x.shape], dtype: x.dtype };
    const [from, lengths] = slice_util.parseSliceParams(info, begin, size);
    return graph.apply('Slice', [x], { begin: from, size: lengths });
  },
  operation: {
    traits: {
      movement: true,
      beforeTranspose: ({ begin, size }, perm) => ({
        begin: untransposed(begin as number[], perm),
        size: untransposed(size as number[], perm),
      }),
    },
    infer: ([x], { begin, size }) => {
      const inside = (size as number[]).every(
        (length, axis) => (begin as number[])[axis] + length <= x.shape[axis],
      );
      if (!inside) throw new Error(`a slice of size [${size}] from [${begin}] does not fit in [${x.shape}]`);
      return { shape: size as Shape, dtype: x.dtype };
    },
    evaluate: (value, [data]) => {
      const strides = stridesOf(value.inputs[0].shape);
      const start = dot(value.attributes.begin as number[], strides);
      return moved(value, data, (index) => start + dot(index, strides));
    },
    onnx: {
      emit: (onnx, { attributes, inputs: [operand] }, [x]) => {
        const begin = attributes.begin as number[];
        const size = attributes.size as number[];
        const axes = begin.flatMap((_, axis) => (size[axis] === operand.shape[axis] ? [] : [axis]));
        if (axes.length === 0) return onnx.node('Identity', [x]);
        return onnx.node('Slice', [
          x,
          onnx.integers(axes.map((axis) => begin[axis])),
          onnx.integers(axes.map((axis) => begin[axis] + size[axis])),
          onnx.integers(axes),
        ]);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) => {
        const [begin, size] = [attributes.begin, attributes.size].map((list) =>
          tensorflow.integers(list as number[]),
        );
        return tensorflow.node('Slice', [x, begin, size], { T: type(dtype), Index: type('int32') });
      },
    },
  },
};
