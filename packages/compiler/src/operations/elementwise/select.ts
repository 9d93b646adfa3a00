import { type } from '../../emitters/tensorflow-nodes.js';
import { broadcastShapes } from '../../graph/shape.js';
import type { NoAttributes, Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';

/** Elements of one tensor where a condition holds, and of another where not. */
export const select = defineOperation<NoAttributes, [condition: Value, then: Value, otherwise: Value]>({
  name: 'Select',
  infer: ([condition, t, e]) => ({
    shape: broadcastShapes(condition.shape, t.shape, e.shape),
    dtype: t.dtype,
  }),
  element: () => (condition, t, e) => (condition ? t : e),
  onnx: {
    emit: (onnx, { dtype }, [condition, t, e]) => {
      if (dtype !== 'bool') return onnx.node('Where', [condition, t, e]);
      const [ones, others] = [t, e].map((branch) => onnx.cast(branch, 'int32'));
      return onnx.cast(onnx.node('Where', [condition, ones, others]), 'bool');
    },
  },
  tensorflow: {
    emit: (tensorflow, { dtype }, inputs) => tensorflow.node('SelectV2', inputs, { T: type(dtype) }),
  },
});
