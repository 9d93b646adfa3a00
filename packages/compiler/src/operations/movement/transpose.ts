import { type } from '../../emitters/tensorflow-nodes.js';
import { inversePermutation, permuted, stridesOf } from '../../graph/shape.js';
import type { Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';
import { dot, moved } from './moved-elements.js';

/** What belongs to the axes of a transposed tensor, in the order of its axes before. */
export const untransposed = <T>(ofAxes: readonly T[], perm: readonly number[]) =>
  inversePermutation(perm).map((axis) => ofAxes[axis]);

export const transpose = defineOperation<Readonly<{ perm: readonly number[] }>, [x: Value]>({
  name: 'Transpose',
  traits: { movement: true },
  infer: ([x], { perm }) => ({ shape: permuted(x.shape, perm), dtype: x.dtype }),
  evaluate: (value, [data]) => {
    const strides = permuted(stridesOf(value.inputs[0].shape), value.attributes.perm);
    return moved(value, data, (index) => dot(index, strides));
  },
  onnx: { emit: (onnx, { attributes: { perm } }, inputs) => onnx.node('Transpose', inputs, { perm }) },
  tensorflow: {
    emit: (tensorflow, { attributes: { perm }, dtype }, [x]) =>
      tensorflow.node('Transpose', [x, tensorflow.integers(perm)], { T: type(dtype) }),
  },
});
