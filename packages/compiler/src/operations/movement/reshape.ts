import { type } from '../../emitters/tensorflow-nodes.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { sizeOf } from '../../graph/shape.js';
import type { Shape, Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';

export const reshape = defineOperation<Readonly<{ shape: Shape }>, [x: Value]>({
  name: 'Reshape',
  traits: { movement: true },
  infer: ([x], { shape }) => {
    if (sizeOf(shape) !== sizeOf(x.shape)) throw new Error(`[${x.shape}] cannot be reshaped to [${shape}]`);
    return { shape, dtype: x.dtype };
  },
  evaluate: (_value, [data]) => data,
  onnx: {
    emit: (onnx, { attributes: { shape } }, [x]) =>
      onnx.node('Reshape', [x, onnx.integers(shape)], { allowzero: 1 }),
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { shape }, dtype }, [x]) =>
      tensorflow.node('Reshape', [x, tensorflow.integers(shape)], { T: type(dtype) }),
  },
});

/** Puts an axis of size 1 at `axis`. */
export function withAxis(graph: GraphBuilder, value: Value, axis: number): Value {
  return reshape(graph, value, { shape: [...value.shape.slice(0, axis), 1, ...value.shape.slice(axis)] });
}
