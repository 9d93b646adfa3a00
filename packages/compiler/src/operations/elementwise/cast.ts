import { type } from '../../emitters/tensorflow-nodes.js';
import type { GraphBuilder } from '../../graph/builder.js';
import type { DType, Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';

export const cast = defineOperation<{ readonly dtype: DType }, [x: Value]>({
  name: 'Cast',
  infer: ([x], { dtype }) => ({ shape: x.shape, dtype }),
  element: ({ dtype }) =>
    dtype === 'bool' ? (x) => Number(x !== 0) : dtype === 'int32' ? Math.trunc : (x) => x,
  onnx: { emit: (onnx, { dtype }, [x]) => onnx.cast(x, dtype) },
  tensorflow: {
    emit: (tensorflow, { inputs: [x], dtype }, operands) =>
      tensorflow.node('Cast', operands, { SrcT: type(x.dtype), DstT: type(dtype) }),
  },
});

/** Casts where the type differs. */
export function castTo(graph: GraphBuilder, value: Value, dtype: DType): Value {
  return value.dtype === dtype ? value : cast(graph, value, { dtype });
}
