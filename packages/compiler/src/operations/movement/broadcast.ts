import { type } from '../../emitters/tensorflow-nodes.js';
import { stridesOf } from '../../graph/shape.js';
import type { Shape, Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';
import { dot, moved } from './moved-elements.js';

export const broadcastTo = defineOperation<Readonly<{ shape: Shape }>, [x: Value]>({
  name: 'BroadcastTo',
  traits: { movement: true },
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  evaluate: (value, [data]) => {
    const { shape } = value.inputs[0];
    const lead = value.shape.length - shape.length;
    const strides = stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
    return moved(value, data, (index) => dot(index.slice(lead), strides));
  },
  onnx: {
    emit: (onnx, { attributes: { shape } }, [x]) => onnx.node('Expand', [x, onnx.integers(shape)]),
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { shape }, dtype }, [x]) =>
      tensorflow.node('BroadcastTo', [x, tensorflow.integers(shape)], { T: type(dtype) }),
  },
});

export const tile = defineOperation<Readonly<{ repeats: readonly number[] }>, [x: Value]>({
  name: 'Tile',
  traits: { movement: true },
  infer: ([x], { repeats }) => ({
    shape: x.shape.map((dimension, axis) => dimension * repeats[axis]),
    dtype: x.dtype,
  }),
  onnx: {
    emit: (onnx, { attributes: { repeats } }, [x]) => onnx.node('Tile', [x, onnx.integers(repeats)]),
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { repeats }, dtype }, [x]) =>
      tensorflow.node('Tile', [x, tensorflow.integers(repeats)], { T: type(dtype) }),
  },
});
