import type {
  GatherV2Attrs,
  OneHotAttrs,
  ScatterNdAttrs,
  TopKAttrs,
  UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import { normalizeAxes, sizeOf } from '../graph/shape.js';
import type { Value } from '../graph/types.js';
import { add } from '../operations/elementwise/arithmetic.js';
import { castTo } from '../operations/elementwise/cast.js';
import { clipByValue } from '../operations/elementwise/clip.js';
import { equal } from '../operations/elementwise/comparison.js';
import { select } from '../operations/elementwise/select.js';
import { gather, gatherNd, scatterNd, topK } from '../operations/indexing.js';
import { reshape } from '../operations/movement/reshape.js';
import { slice } from '../operations/movement/slice.js';
import { transpose } from '../operations/movement/transpose.js';
import { supportedType } from './element-type.js';
import type { Kernel } from './kernel.js';

const gatherV2: Kernel<GatherV2Attrs> = {
  name: 'GatherV2',
  record: ({ graph, inputs: { x, indices }, attributes: { axis, batchDims = 0 } }) => {
    const [along] = normalizeAxes(axis, x.shape.length);
    const [from] = batchDims < 0 ? [batchDims + indices.shape.length] : [batchDims];
    const list = castTo(graph, indices, 'int32');
    return from === 0
      ? gather(graph, x, list, { axis: along })
      : gatherInBatches(graph, x, list, along, from);
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
  const apart = reshape(graph, x, { shape: [batch, outer, choices, inner] });
  const rows = reshape(graph, transpose(graph, apart, { perm: [0, 2, 1, 3] }), {
    shape: [batch * choices, outer, inner],
  });
  const offsets = Int32Array.from({ length: batch }, (_, at) => at * choices);
  const within = reshape(graph, indices, { shape: [batch, count] });
  // What is no index within its batch must not become one of another: all that it becomes is refused.
  const valid = equal(graph, clipByValue(graph, within, { low: 0, high: choices - 1 }), within);
  const chosen = select(
    graph,
    valid,
    add(graph, within, graph.constant(offsets, [batch, 1], 'int32')),
    graph.fill(-1, [], 'int32'),
  );
  const taken = gather(graph, rows, chosen, { axis: 0 }); // [batch, count, outer, inner]
  const shape = [...x.shape.slice(0, axis), ...indices.shape.slice(batchDims), ...x.shape.slice(axis + 1)];
  return reshape(graph, transpose(graph, taken, { perm: [0, 2, 1, 3] }), { shape });
}

const gatherNdKernel: Kernel = {
  name: 'GatherNd',
  record: ({ graph, inputs: { params, indices } }) =>
    gatherNd(graph, params, castTo(graph, indices, 'int32')),
};

const scatterNdKernel: Kernel<ScatterNdAttrs> = {
  name: 'ScatterNd',
  record: ({ graph, inputs: { indices, updates }, attributes: { shape } }) => {
    const zeros = graph.fill(0, shape, updates.dtype);
    return scatterNd(graph, zeros, castTo(graph, indices, 'int32'), updates, { add: true });
  },
};

const tensorScatterUpdate: Kernel = {
  name: 'TensorScatterUpdate',
  record: ({ graph, inputs: { tensor, indices, updates } }) =>
    scatterNd(graph, tensor, castTo(graph, indices, 'int32'), updates, { add: false }),
};

const unsortedSegmentSum: Kernel<UnsortedSegmentSumAttrs> = {
  name: 'UnsortedSegmentSum',
  record: ({ graph, inputs: { x, segmentIds }, attributes: { numSegments } }) => {
    const rest = x.shape.slice(segmentIds.shape.length);
    const list = castTo(graph, segmentIds, 'int32');
    // What belongs to none of the segments goes into a row before them or behind them, which are cut off.
    const behind = add(graph, list, graph.fill(1, [], 'int32'));
    const rows = clipByValue(graph, behind, { low: 0, high: numSegments + 1 });
    const indices = reshape(graph, rows, { shape: [...segmentIds.shape, 1] });
    const zeros = graph.fill(0, [numSegments + 2, ...rest], x.dtype);
    const sums = scatterNd(graph, zeros, indices, x, { add: true });
    return slice(graph, sums, { begin: [1, ...rest.map(() => 0)], size: [numSegments, ...rest] });
  },
};

const oneHot: Kernel<OneHotAttrs> = {
  name: 'OneHot',
  record: ({ graph, inputs: { indices }, attributes: { depth, onValue, offValue, dtype } }) => {
    const numbers = Int32Array.from({ length: depth }, (_, at) => at);
    const classes = graph.constant(numbers, [depth], 'int32');
    const list = castTo(graph, indices, 'int32');
    const hit = equal(graph, reshape(graph, list, { shape: [...indices.shape, 1] }), classes);
    const type = supportedType(dtype ?? 'float32', 'tf.oneHot');
    if (onValue === 1 && offValue === 0) return castTo(graph, hit, type);
    return select(graph, hit, graph.fill(onValue, [], type), graph.fill(offValue, [], type));
  },
};

const topKKernel: Kernel<TopKAttrs> = {
  name: 'TopK',
  record: ({ graph, inputs: { x }, attributes: { k } }) => graph.results(topK(graph, x, { k })),
};

export const indexingKernels: readonly Kernel[] = [
  gatherV2,
  gatherNdKernel,
  scatterNdKernel,
  tensorScatterUpdate,
  unsortedSegmentSum,
  oneHot,
  topKKernel,
];
