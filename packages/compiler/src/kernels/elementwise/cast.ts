import type { CastAttrs } from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import type { DType } from '../../graph/types.js';
import { cast, type Kernel } from '../kernel.js';

export const castKernel: Kernel = {
  name: 'Cast',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { dtype } = attributes as CastAttrs;
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new Error(`values of type ${dtype} are not supported; use float32, int32 or bool`);
    }
    return cast(graph, x, dtype);
  },
  operation: {
    infer: ([x], { dtype }) => ({ shape: x.shape, dtype: dtype as DType }),
    element: ({ dtype }) =>
      dtype === 'bool' ? (x) => Number(x !== 0) : dtype === 'int32' ? Math.trunc : (x) => x,
    onnx: { emit: (onnx, { dtype }, [x]) => onnx.cast(x, dtype) },
    tensorflow: {
      emit: (tensorflow, { inputs: [x], dtype }, operands) =>
        tensorflow.node('Cast', operands, { SrcT: type(x.dtype), DstT: type(dtype) }),
    },
  },
};
