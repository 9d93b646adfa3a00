import type {
  GatherV2Attrs,
  OneHotAttrs,
  ScatterNdAttrs,
  TopKAttrs,
  UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import { normalizeAxes, sizeOf } from '../graph/shape.js';
import type { DType, Shape, Value } from '../graph/types.js';
import { type } from '../emitters/tensorflow-nodes.js';
import { cast, type Kernel } from './kernel.js';

const gather: Kernel = {
  // Elements along an axis, chosen by an index tensor of any shape.
  name: 'GatherV2',
  record: ({ graph, inputs: { x, indices }, attributes }) => {
    const { axis, batchDims = 0 } = attributes as GatherV2Attrs;
    const [along] = normalizeAxes(axis, x.shape.length);
    const [from] = batchDims < 0 ? [batchDims + indices.shape.length] : [batchDims];
    const list = cast(graph, indices, 'int32');
    return from === 0
      ? graph.apply('GatherV2', [x, list], { axis: along })
      : gatherInBatches(graph, x, list, along, from);
  },
  operation: {
    infer: ([x, indices], { axis }) => ({
      shape: [...x.shape.slice(0, axis as number), ...indices.shape, ...x.shape.slice((axis as number) + 1)],
      dtype: x.dtype,
    }),
    onnx: {
      emit: (onnx, { attributes }, inputs) =>
        onnx.node('Gather', inputs, { axis: attributes.axis as number }),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, inputs) =>
        tensorflow.node('GatherV2', [...inputs, tensorflow.scalar(attributes.axis as number, 'int32')], {
          Tparams: type(dtype),
          Tindices: type('int32'),
          Taxis: type('int32'),
        }),
    },
  },
};

/** Where the leading axes of operand and indices belong together, they become one axis with offsets. */
function gatherInBatches(
  graph: GraphBuilder,
  x: Value,
  indices: Value,
  axis: number,
  batchDims: number,
): Value {
  const batch = sizeOf(x.shape.slice(0, batchDims));
  const outer = sizeOf(x.shape.slice(batchDims, axis));
  const choices = x.shape[axis];
  const inner = sizeOf(x.shape.slice(axis + 1));
  const count = sizeOf(indices.shape) / batch;
  const rows = graph.reshape(
    graph.transpose(graph.reshape(x, [batch, outer, choices, inner]), [0, 2, 1, 3]),
    [batch * choices, outer, inner],
  );
  const offsets = Int32Array.from({ length: batch }, (_, at) => at * choices);
  const chosen = graph.apply('Add', [
    graph.reshape(indices, [batch, count]),
    graph.constant(offsets, [batch, 1], 'int32'),
  ]);
  const taken = graph.apply('GatherV2', [rows, chosen], { axis: 0 }); // [batch, count, outer, inner]
  return graph.reshape(graph.transpose(taken, [0, 2, 1, 3]), [
    ...x.shape.slice(0, axis),
    ...indices.shape.slice(batchDims),
    ...x.shape.slice(axis + 1),
  ]);
}

const gatherNd: Kernel = {
  // Slices of the operand, each chosen by a row of indices.
  name: 'GatherNd',
  record: ({ graph, inputs: { params, indices } }) =>
    graph.apply('GatherNd', [params, cast(graph, indices, 'int32')]),
  operation: {
    infer: ([params, indices]) => {
      const depth = indices.shape[indices.shape.length - 1];
      return { shape: [...indices.shape.slice(0, -1), ...params.shape.slice(depth)], dtype: params.dtype };
    },
    onnx: {
      emit: (onnx, _value, [params, indices]) => onnx.node('GatherND', [params, onnx.cast(indices, 'int64')]),
    },
    tensorflow: {
      emit: (tensorflow, { dtype }, inputs) =>
        tensorflow.node('GatherNd', inputs, { Tparams: type(dtype), Tindices: type('int32') }),
    },
  },
};

const scatterNd: Kernel = {
  // Updates added into zeros, or put into a given tensor, at rows of indices.
  name: 'ScatterNd',
  record: ({ graph, inputs: { indices, updates }, attributes }) => {
    const { shape } = attributes as ScatterNdAttrs;
    const zeros = graph.fill(0, shape, updates.dtype);
    return graph.apply('ScatterNd', [zeros, cast(graph, indices, 'int32'), updates], { add: true });
  },
  operation: {
    infer: ([target]) => target,
    onnx: {
      emit: (onnx, { attributes }, [target, indices, updates]) =>
        onnx.node('ScatterND', [target, onnx.cast(indices, 'int64'), updates], {
          reduction: attributes.add ? 'add' : 'none',
        }),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, inputs) =>
        tensorflow.node(attributes.add ? 'TensorScatterAdd' : 'TensorScatterUpdate', inputs, {
          T: type(dtype),
          Tindices: type('int32'),
        }),
    },
  },
};

const tensorScatterUpdate: Kernel = {
  name: 'TensorScatterUpdate',
  record: ({ graph, inputs: { tensor, indices, updates } }) =>
    graph.apply('ScatterNd', [tensor, cast(graph, indices, 'int32'), updates], { add: false }),
};

const unsortedSegmentSum: Kernel = {
  name: 'UnsortedSegmentSum',
  record: ({ graph, inputs: { x, segmentIds }, attributes }) => {
    const { numSegments } = attributes as UnsortedSegmentSumAttrs;
    const rest = x.shape.slice(segmentIds.shape.length);
    const zeros = graph.fill(0, [numSegments, ...rest], x.dtype);
    const indices = graph.reshape(cast(graph, segmentIds, 'int32'), [...segmentIds.shape, 1]);
    return graph.apply('ScatterNd', [zeros, indices, x], { add: true });
  },
};

const oneHot: Kernel = {
  name: 'OneHot',
  record: ({ graph, inputs: { indices }, attributes }) => {
    const { depth, onValue, offValue, dtype } = attributes as OneHotAttrs;
    const classes = graph.constant(
      Int32Array.from({ length: depth }, (_, at) => at),
      [depth],
      'int32',
    );
    const column = graph.reshape(cast(graph, indices, 'int32'), [...indices.shape, 1]);
    const hit = graph.apply('Equal', [column, classes]);
    const type = (dtype ?? 'float32') as DType;
    if (onValue === 1 && offValue === 0) return cast(graph, hit, type);
    return graph.apply('Select', [hit, graph.fill(onValue, [], type), graph.fill(offValue, [], type)]);
  },
};

const topK: Kernel = {
  // Largest elements of the last axis, largest first, and where they stand.
  name: 'TopK',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { k } = attributes as TopKAttrs;
    return graph.results(graph.apply('TopK', [x], { k }));
  },
  operation: {
    infer: ([x], { k }) => {
      const shape: Shape = [...x.shape.slice(0, -1), k as number];
      return [
        { shape, dtype: x.dtype },
        { shape, dtype: 'int32' },
      ];
    },
    onnx: {
      emit: (onnx, { attributes }, [x]) => {
        const operands = [x, onnx.integers([attributes.k as number])];
        const [values, positions] = onnx.nodeWithOutputs('TopK', operands, {}, 2);
        return [values, onnx.cast(positions, 'int32')];
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes, inputs: [operand] }, [x]) => {
        const k = tensorflow.scalar(attributes.k as number, 'int32');
        const top = tensorflow.node('TopKV2', [x, k], { T: type(operand.dtype) });
        return [top, `${top}:1`];
      },
    },
  },
};

export const indexingKernels: readonly Kernel[] = [
  gather,
  gatherNd,
  scatterNd,
  tensorScatterUpdate,
  unsortedSegmentSum,
  oneHot,
  topK,
];
