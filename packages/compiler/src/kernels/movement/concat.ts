import type { ConcatAttrs, PackAttrs } from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import { normalizeAxes, sizeOf } from '../../graph/shape.js';
import type { Kernel } from '../kernel.js';
import { withAxis } from './reshape.js';

export const concat: Kernel = {
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

export const pack: Kernel = {
  name: 'Pack',
  record: ({ graph, list, attributes }) => {
    const [axis] = normalizeAxes((attributes as PackAttrs).axis, list[0].shape.length + 1);
    const parts = list.map((part) => withAxis(graph, part, axis));
    return parts.length === 1 ? parts[0] : graph.apply('Concat', parts, { axis });
  },
};
