import type { TransposeAttrs } from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import { inversePermutation, permuted, stridesOf } from '../../graph/shape.js';
import type { Kernel } from '../kernel.js';
import { dot, moved } from './moved-elements.js';

/** What belongs to the axes of a transposed tensor, in the order of its axes before. */
export const untransposed = <T>(ofAxes: readonly T[], perm: readonly number[]) =>
  inversePermutation(perm).map((axis) => ofAxes[axis]);

export const transpose: Kernel = {
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
