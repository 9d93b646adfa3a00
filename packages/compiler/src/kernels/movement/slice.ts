import {
  backend_util,
  slice_util,
  type ReverseAttrs,
  type SliceAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  type TensorInfo,
  type UnpackAttrs,
} from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../../graph/builder.js';
import { normalizeAxes } from '../../graph/shape.js';
import type { Value } from '../../graph/types.js';
import { reshape } from '../../operations/movement/reshape.js';
import { slice } from '../../operations/movement/slice.js';
import { reversed, stridedSlice } from '../../operations/movement/strided-slice.js';
import type { Kernel } from '../kernel.js';

/** What TensorFlow.js asks of a tensor to work out the form of a slice. */
const infoOf = ({ shape, dtype }: Value): TensorInfo => ({ dataId: {}, shape: [...shape], dtype });

/** Consecutive pieces of the given sizes along an axis. */
function pieces(graph: GraphBuilder, x: Value, axis: number, sizes: readonly number[]): Value[] {
  let from = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, at) => (at === axis ? from : 0));
    const size = x.shape.map((dimension, at) => (at === axis ? length : dimension));
    from += length;
    return slice(graph, x, { begin, size });
  });
}

export const unpack: Kernel<UnpackAttrs> = {
  name: 'Unpack',
  record: ({ graph, inputs: { value }, attributes }) => {
    const [axis] = normalizeAxes(attributes.axis, value.shape.length);
    const shape = value.shape.filter((_, at) => at !== axis);
    const slices = pieces(graph, value, axis, new Array<number>(value.shape[axis]).fill(1));
    return slices.map((piece) => reshape(graph, piece, { shape }));
  },
};

export const splitV: Kernel<SplitVAttrs> = {
  name: 'SplitV',
  record: ({ graph, inputs: { x }, attributes: { numOrSizeSplits, axis } }) => {
    const [along] = normalizeAxes(axis, x.shape.length);
    return pieces(graph, x, along, backend_util.prepareSplitSize(infoOf(x), numOrSizeSplits, along));
  },
};

export const sliceKernel: Kernel<SliceAttrs> = {
  name: 'Slice',
  record: ({ graph, inputs: { x }, attributes }) => {
    const [begin, size] = slice_util.parseSliceParams(infoOf(x), attributes.begin, attributes.size);
    return slice(graph, x, { begin, size });
  },
};

export const stridedSliceKernel: Kernel<StridedSliceAttrs> = {
  name: 'StridedSlice',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
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
    const taken = stridedSlice(graph, x, { begin: info.begin, strides: info.strides, shape });
    return reshape(graph, taken, { shape: info.finalShape });
  },
};

export const reverse: Kernel<ReverseAttrs> = {
  name: 'Reverse',
  // Engines reverse nothing that has no axes.
  record: ({ graph, inputs: { x }, attributes: { dims } }) =>
    x.shape.length === 0 ? x : reversed(graph, x, normalizeAxes(dims, x.shape.length)),
};

export const flipLeftRight: Kernel = {
  name: 'FlipLeftRight',
  record: ({ graph, inputs: { image } }) => reversed(graph, image, [2]),
};
