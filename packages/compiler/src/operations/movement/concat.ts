import { type } from '../../emitters/tensorflow-nodes.js';
import type { Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';

export const concat = defineOperation<Readonly<{ axis: number }>, readonly Value[]>({
  name: 'Concat',
  traits: { beforeTranspose: ({ axis }, perm) => ({ axis: perm[axis] }) },
  infer: (parts, { axis }) => ({
    shape: parts[0].shape.map((dimension, at) =>
      at === axis ? parts.reduce((total, part) => total + part.shape[at], 0) : dimension,
    ),
    dtype: parts[0].dtype,
  }),
  onnx: { emit: (onnx, { attributes: { axis } }, inputs) => onnx.node('Concat', inputs, { axis }) },
  tensorflow: {
    emit: (tensorflow, { attributes: { axis }, dtype }, inputs) =>
      tensorflow.node('ConcatV2', [...inputs, tensorflow.scalar(axis, 'int32')], {
        T: type(dtype),
        N: inputs.length,
      }),
  },
});
