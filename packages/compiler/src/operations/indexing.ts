import type { OnnxEmitter } from '../emitters/onnx-emitter.js';
import { type } from '../emitters/tensorflow-nodes.js';
import type { NoAttributes, Value } from '../graph/types.js';
import { defineOperation } from './definition.js';

/** ONNX counts negative indices from the end; here they are refused when the graph runs, as TensorFlow refuses them. */
const notFromTheEnd = (onnx: OnnxEmitter, indices: string): string =>
  onnx.node('Where', [
    onnx.node('Less', [indices, onnx.scalar(0, 'int32')]),
    onnx.scalar(-(2 ** 31), 'int32'),
    indices,
  ]);

/** Elements along an axis, chosen by an index tensor of any shape. */
export const gather = defineOperation<Readonly<{ axis: number }>, [x: Value, indices: Value]>({
  name: 'GatherV2',
  infer: ([x, indices], { axis }) => ({
    shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
    dtype: x.dtype,
  }),
  onnx: {
    emit: (onnx, { attributes: { axis } }, [x, indices]) =>
      onnx.node('Gather', [x, notFromTheEnd(onnx, indices)], { axis }),
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { axis }, dtype }, inputs) =>
      tensorflow.node('GatherV2', [...inputs, tensorflow.scalar(axis, 'int32')], {
        Tparams: type(dtype),
        Tindices: type('int32'),
        Taxis: type('int32'),
      }),
  },
});

/** Slices of the operand, each chosen by a row of indices. */
export const gatherNd = defineOperation<NoAttributes, [params: Value, indices: Value]>({
  name: 'GatherNd',
  infer: ([params, indices]) => {
    const depth = indices.shape[indices.shape.length - 1];
    return { shape: [...indices.shape.slice(0, -1), ...params.shape.slice(depth)], dtype: params.dtype };
  },
  onnx: {
    emit: (onnx, _value, [params, indices]) =>
      onnx.node('GatherND', [params, onnx.cast(notFromTheEnd(onnx, indices), 'int64')]),
  },
  tensorflow: {
    emit: (tensorflow, { dtype }, inputs) =>
      tensorflow.node('GatherNd', inputs, { Tparams: type(dtype), Tindices: type('int32') }),
  },
});

type Scattered = [target: Value, indices: Value, updates: Value];

/** Updates added into a tensor, or put into it, at rows of indices. */
export const scatterNd = defineOperation<Readonly<{ add: boolean }>, Scattered>({
  name: 'ScatterNd',
  infer: ([target]) => target,
  onnx: {
    emit: (onnx, { attributes: { add } }, [target, indices, updates]) =>
      onnx.node('ScatterND', [target, onnx.cast(notFromTheEnd(onnx, indices), 'int64'), updates], {
        reduction: add ? 'add' : 'none',
      }),
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { add }, dtype }, inputs) =>
      tensorflow.node(add ? 'TensorScatterAdd' : 'TensorScatterUpdate', inputs, {
        T: type(dtype),
        Tindices: type('int32'),
      }),
  },
});

/** Largest elements of the last axis, largest first, and where they stand. */
export const topK = defineOperation<Readonly<{ k: number }>, [x: Value]>({
  name: 'TopK',
  infer: ([x], { k }) => {
    const shape = [...x.shape.slice(0, -1), k];
    return [
      { shape, dtype: x.dtype },
      { shape, dtype: 'int32' },
    ];
  },
  onnx: {
    emit: (onnx, { attributes: { k } }, [x]) => {
      const [values, positions] = onnx.nodeWithOutputs('TopK', [x, onnx.integers([k])], {}, 2);
      return [values, onnx.cast(positions, 'int32')];
    },
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { k }, inputs: [operand] }, [x]) => {
      const top = tensorflow.node('TopKV2', [x, tensorflow.scalar(k, 'int32')], { T: type(operand.dtype) });
      return [top, `${top}:1`];
    },
  },
});
