import { type } from '../../emitters/tensorflow-nodes.js';
import { stridesOf } from '../../graph/shape.js';
import type { Shape, Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';
import { dot, moved } from './moved-elements.js';
import { untransposed } from './transpose.js';

export const slice = defineOperation<Readonly<{ begin: readonly number[]; size: Shape }>, [x: Value]>({
  name: 'Slice',
  traits: {
    movement: true,
    beforeTranspose: ({ begin, size }, perm) => ({
      begin: untransposed(begin, perm),
      size: untransposed(size, perm),
    }),
  },
  infer: ([x], { begin, size }) => {
    const inside = size.every((length, axis) => begin[axis] + length <= x.shape[axis]);
    if (!inside) throw new Error(`a slice of size [${size}] from [${begin}] does not fit in [${x.shape}]`);
    return { shape: size, dtype: x.dtype };
  },
  evaluate: (value, [data]) => {
    const strides = stridesOf(value.inputs[0].shape);
    const start = dot(value.attributes.begin, strides);
    return moved(value, data, (index) => start + dot(index, strides));
  },
  onnx: {
    emit: (onnx, { attributes: { begin, size }, inputs: [operand] }, [x]) => {
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
    emit: (tensorflow, { attributes: { begin, size }, dtype }, [x]) => {
      const lists = [begin, size].map((list) => tensorflow.integers(list));
      return tensorflow.node('Slice', [x, ...lists], { T: type(dtype), Index: type('int32') });
    },
  },
});
