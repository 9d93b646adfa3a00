import {
  backend_util,
  slice_util,
  type BatchToSpaceNDAttrs,
  type ConcatAttrs,
  type DepthToSpaceAttrs,
  type ExpandDimsAttrs,
  type MirrorPadAttrs,
  type PackAttrs,
  type PadV2Attrs,
  type ReshapeAttrs,
  type ReverseAttrs,
  type SliceAttrs,
  type SpaceToBatchNDAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  type TensorInfo,
  type TileAttrs,
  type TransposeAttrs,
  type UnpackAttrs,
} from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import { allocate, inversePermutation, normalizeAxes, permuted, sizeOf, stridesOf } from '../graph/shape.js';
import type { Data, Shape, Value } from '../graph/types.js';
import { type } from '../emitters/tensorflow-nodes.js';
import type { Kernel } from './kernel.js';

/** The elements at `source(index)` of the operand, for every index of the result. */
function moved(value: Value, data: Data, source: (index: readonly number[]) => number): Data {
  const result = allocate(value.dtype, sizeOf(value.shape));
  const index = new Array<number>(value.shape.length).fill(0);
  for (let at = 0; at < result.length; at++) {
    result[at] = data[source(index)];
    for (let axis = index.length - 1; axis >= 0 && ++index[axis] === value.shape[axis]; axis--)
      index[axis] = 0;
  }
  return result;
}

const dot = (index: readonly number[], strides: readonly number[]) =>
  index.reduce((sum, position, axis) => sum + position * strides[axis], 0);

/** What belongs to the axes of a transposed tensor, in the order of its axes before. */
const untransposed = <T>(ofAxes: readonly T[], perm: readonly number[]) =>
  inversePermutation(perm).map((axis) => ofAxes[axis]);

const reshape: Kernel = {
  name: 'Reshape',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { shape } = attributes as ReshapeAttrs;
    const known = shape.reduce((size, dimension) => (dimension === -1 ? size : size * dimension), 1);
    return graph.reshape(
      x,
      shape.map((dimension) => (dimension === -1 ? sizeOf(x.shape) / known : dimension)),
    );
  },
  operation: {
    traits: { movement: true },
    infer: ([x], { shape }) => {
      if (sizeOf(shape as Shape) !== sizeOf(x.shape))
        throw new Error(`[${x.shape}] cannot be reshaped to [${shape}]`);
      return { shape: shape as Shape, dtype: x.dtype };
    },
    evaluate: (_value, [data]) => data,
    onnx: {
      emit: (onnx, { attributes }, [x]) =>
        onnx.node('Reshape', [x, onnx.integers(attributes.shape as number[])], { allowzero: 1 }),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) =>
        tensorflow.node('Reshape', [x, tensorflow.integers(attributes.shape as number[])], {
          T: type(dtype),
        }),
    },
  },
};

const transpose: Kernel = {
  name: 'Transpose',
  record: ({ graph, inputs: { x }, attributes }) => graph.transpose(x, (attributes as TransposeAttrs).perm),
  operation: {
    traits: { movement: true },
    infer: ([x], { perm }) => ({ shape: permuted(x.shape, perm as number[]), dtype: x.dtype }),
    evaluate: (value, [data]) => {
      const strides = permuted(stridesOf(value.inputs[0].shape), value.attributes.perm as number[]);
      return moved(value, data, (index) => dot(index, strides));
    },
    onnx: {
      emit: (onnx, { attributes }, inputs) =>
        onnx.node('Transpose', inputs, { perm: attributes.perm as number[] }),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) =>
        tensorflow.node('Transpose', [x, tensorflow.integers(attributes.perm as number[])], {
          T: type(dtype),
        }),
    },
  },
};

const broadcastTo: Kernel = {
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

const tile: Kernel = {
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

const concat: Kernel = {
  name: 'Concat',
  record: ({ graph, list, attributes }) => {
    const [axis] = normalizeAxes((attributes as ConcatAttrs).axis, list[0].shape.length);
    const parts = list.filter((part) => sizeOf(part.shape) > 0);
    return parts.length === 1 ? parts[0] : graph.apply('Concat', parts.length > 0 ? parts : list, { axis });
  },
  operation: {
    traits: { beforeTranspose: ({ axis }, perm) => ({ axis: perm[axis as number] }) },
    infer: (parts, { axis }) => ({
      shape: parts[0].shape.map((dimension, at) =>
        at === axis ? parts.reduce((sum, part) => sum + part.shape[at], 0) : dimension,
      ),
      dtype: parts[0].dtype,
    }),
    onnx: {
      emit: (onnx, { attributes }, inputs) =>
        onnx.node('Concat', inputs, { axis: attributes.axis as number }),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, inputs) =>
        tensorflow.node('ConcatV2', [...inputs, tensorflow.scalar(attributes.axis as number, 'int32')], {
          T: type(dtype),
          N: inputs.length,
        }),
    },
  },
};

/** Puts an axis of size 1 at `axis`. */
function withAxis(graph: GraphBuilder, value: Value, axis: number): Value {
  return graph.reshape(value, [...value.shape.slice(0, axis), 1, ...value.shape.slice(axis)]);
}

const pack: Kernel = {
  name: 'Pack',
  record: ({ graph, list, attributes }) => {
    const [axis] = normalizeAxes((attributes as PackAttrs).axis, list[0].shape.length + 1);
    const parts = list.map((part) => withAxis(graph, part, axis));
    return parts.length === 1 ? parts[0] : graph.apply('Concat', parts, { axis });
  },
};

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

const unpack: Kernel = {
  name: 'Unpack',
  record: ({ graph, inputs: { value }, attributes }) => {
    const [axis] = normalizeAxes((attributes as UnpackAttrs).axis, value.shape.length);
    const shape = value.shape.filter((_, at) => at !== axis);
    const slices = pieces(graph, value, axis, new Array<number>(value.shape[axis]).fill(1));
    return slices.map((piece) => graph.reshape(piece, shape));
  },
};

const splitV: Kernel = {
  name: 'SplitV',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { numOrSizeSplits, axis } = attributes as SplitVAttrs;
    const [along] = normalizeAxes(axis, x.shape.length);
    const info: TensorInfo = { dataId: {}, shape: [...x.shape], dtype: x.dtype };
    return pieces(graph, x, along, backend_util.prepareSplitSize(info, numOrSizeSplits, along));
  },
};

const slice: Kernel = {
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

const stridedSlice: Kernel = {
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

const reverse: Kernel = {
  name: 'Reverse',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { dims } = attributes as ReverseAttrs;
    const axes = normalizeAxes(dims, x.shape.length);
    const begin = x.shape.map((dimension, axis) => (axes.includes(axis) ? dimension - 1 : 0));
    const strides = x.shape.map((_, axis) => (axes.includes(axis) ? -1 : 1));
    return graph.apply('StridedSlice', [x], { begin, strides, shape: x.shape });
  },
};

const flipLeftRight: Kernel = {
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

const padV2: Kernel = {
  name: 'PadV2',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { paddings, constantValue } = attributes as PadV2Attrs;
    if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
    return graph.apply('PadV2', [x], { paddings, value: constantValue });
  },
  operation: {
    traits: {
      beforeTranspose: ({ paddings, value }, perm) => ({
        paddings: untransposed(paddings as number[][], perm),
        value,
      }),
    },
    infer: ([x], { paddings }) => ({ shape: paddedShape(x.shape, paddings as number[][]), dtype: x.dtype }),
    onnx: {
      emit: (onnx, { attributes, dtype }, [x]) => {
        const paddings = attributes.paddings as number[][];
        const ends = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
        return onnx.node('Pad', [x, onnx.integers(ends), onnx.scalar(attributes.value as number, dtype)]);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) => {
        const paddings = attributes.paddings as number[][];
        const sizes = tensorflow.integers(paddings.flat(), [paddings.length, 2]);
        const value = tensorflow.scalar(attributes.value as number, dtype);
        return tensorflow.node('PadV2', [x, sizes, value], { T: type(dtype) });
      },
    },
  },
};

const paddedShape = (shape: Shape, paddings: readonly (readonly number[])[]) =>
  shape.map((dimension, axis) => dimension + paddings[axis][0] + paddings[axis][1]);

const mirrorPad: Kernel = {
  name: 'MirrorPad',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { paddings, mode } = attributes as MirrorPadAttrs;
    return graph.apply('MirrorPad', [x], { paddings, mode });
  },
  operation: {
    infer: ([x], { paddings }) => ({ shape: paddedShape(x.shape, paddings as number[][]), dtype: x.dtype }),
    onnx: {
      // Which element stands where, axis by axis: ONNX has no mode that repeats the edge.
      expand: (graph, value) => {
        const offset = value.attributes.mode === 'reflect' ? 0 : 1;
        return (value.attributes.paddings as number[][]).reduce((result, [before, after], axis) => {
          if (before === 0 && after === 0) return result;
          const size = result.shape[axis];
          const indices = Int32Array.from({ length: before + size + after }, (_, at) => {
            const position = at - before;
            if (position < 0) return -position - offset;
            return position < size ? position : 2 * (size - 1) - position + offset;
          });
          const list = graph.constant(indices, [indices.length], 'int32');
          return graph.apply('GatherV2', [result, list], { axis });
        }, value.inputs[0]);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) => {
        const paddings = attributes.paddings as number[][];
        const sizes = tensorflow.integers(paddings.flat(), [paddings.length, 2]);
        const mode = (attributes.mode as string).toUpperCase();
        return tensorflow.node('MirrorPad', [x, sizes], { T: type(dtype), mode });
      },
    },
  },
};

const batchToSpace: Kernel = {
  name: 'BatchToSpaceND',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { blockShape, crops } = attributes as BatchToSpaceNDAttrs;
    const product = blockShape.reduce((a, b) => a * b, 1);
    const split = graph.reshape(x, backend_util.getReshaped([...x.shape], blockShape, product));
    const mixed = graph.transpose(split, backend_util.getPermuted(split.shape.length, blockShape.length));
    const spread = graph.reshape(mixed, backend_util.getReshapedPermuted([...x.shape], blockShape, product));
    const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
    const size = backend_util.getSliceSize([...spread.shape], crops, blockShape.length);
    return graph.apply('Slice', [spread], {
      begin: spread.shape.map((_, axis) => begin[axis] ?? 0),
      size: spread.shape.map((dimension, axis) => size[axis] ?? dimension),
    });
  },
};

const spaceToBatch: Kernel = {
  name: 'SpaceToBatchND',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { blockShape, paddings } = attributes as SpaceToBatchNDAttrs;
    const product = blockShape.reduce((a, b) => a * b, 1);
    const all = [[0, 0], ...paddings, ...x.shape.slice(1 + blockShape.length).map(() => [0, 0])];
    const padded = graph.apply('PadV2', [x], { paddings: all, value: 0 });
    const split = graph.reshape(
      padded,
      backend_util.getReshaped([...padded.shape], blockShape, product, false),
    );
    const mixed = graph.transpose(
      split,
      backend_util.getPermuted(split.shape.length, blockShape.length, false),
    );
    return graph.reshape(
      mixed,
      backend_util.getReshapedPermuted([...padded.shape], blockShape, product, false),
    );
  },
};

const depthToSpace: Kernel = {
  name: 'DepthToSpace',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { blockSize: block, dataFormat } = attributes as DepthToSpaceAttrs;
    if (dataFormat !== 'NHWC') throw new Error(`depthToSpace needs data format NHWC, got ${dataFormat}`);
    const [batch, height, width, channels] = x.shape;
    const depth = channels / (block * block);
    const split = graph.reshape(x, [batch, height, width, block, block, depth]);
    const mixed = graph.transpose(split, [0, 1, 3, 2, 4, 5]);
    return graph.reshape(mixed, [batch, height * block, width * block, depth]);
  },
};

export const movementKernels: readonly Kernel[] = [
  { name: 'Identity', record: ({ inputs: { x } }) => x },
  reshape,
  {
    name: 'ExpandDims',
    record: ({ graph, inputs: { input }, attributes }) => {
      const [axis] = normalizeAxes((attributes as ExpandDimsAttrs).dim, input.shape.length + 1);
      return withAxis(graph, input, axis);
    },
  },
  transpose,
  broadcastTo,
  tile,
  concat,
  pack,
  unpack,
  splitV,
  slice,
  stridedSlice,
  reverse,
  flipLeftRight,
  padV2,
  mirrorPad,
  batchToSpace,
  spaceToBatch,
  depthToSpace,
];
