import { type } from '../../emitters/tensorflow-nodes.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { stridesOf } from '../../graph/shape.js';
import type { Shape, Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';
import { dot, moved } from './moved-elements.js';

type Strided = Readonly<{ begin: readonly number[]; strides: readonly number[]; shape: Shape }>;

/** Elements from `begin` on, `strides` apart; a negative one goes backwards. `shape` says how many. */
export const stridedSlice = defineOperation<Strided, [x: Value]>({
  name: 'StridedSlice',
  traits: { movement: true },
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  evaluate: (value, [data]) => {
    const { begin, strides: steps } = value.attributes;
    const strides = stridesOf(value.inputs[0].shape);
    const start = dot(begin, strides);
    const taken = (index: readonly number[]) => index.map((position, axis) => position * steps[axis]);
    return moved(value, data, (index) => start + dot(taken(index), strides));
  },
  onnx: {
    emit: (onnx, { attributes: { begin, strides }, shape }, [x]) => {
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
    emit: (tensorflow, { attributes: { begin, strides }, dtype, shape }, [x]) => {
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
});

/** The same elements in the opposite order along some axes, which are counted from the front. */
export function reversed(graph: GraphBuilder, x: Value, axes: readonly number[]): Value {
  const begin = x.shape.map((dimension, axis) => (axes.includes(axis) ? dimension - 1 : 0));
  const strides = x.shape.map((_, axis) => (axes.includes(axis) ? -1 : 1));
  return stridedSlice(graph, x, { begin, strides, shape: x.shape });
}
