import { type } from '../../emitters/tensorflow-nodes.js';
import { broadcastShapes } from '../../graph/shape.js';
import type { Kernel } from '../kernel.js';

export const select: Kernel = {
  name: 'Select',
  record: ({ graph, inputs: { condition, t, e } }) => {
    // A condition of rank 1 chooses whole rows.
    const rows = condition.shape.length === 1 && t.shape.length > 1;
    const mask = rows
      ? graph.reshape(condition, [condition.shape[0], ...t.shape.slice(1).map(() => 1)])
      : condition;
    return graph.apply('Select', [mask, t, e]);
  },
  operation: {
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
  },
};
