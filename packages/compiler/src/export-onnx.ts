import type { OnnxInitializer } from './emitters/onnx-nodes.js';
import { isOperation } from './graph/operation.js';
import { valuesOf } from './graph/traverse.js';
import type { Graph } from './graph/types.js';
import { broadcastTo } from './operations/movement/broadcast.js';
import { batchOf, dependsOnBatch, openPorts } from './record/any-batch.js';
import { recordModel, type ExportableModel, type ExportOptions } from './record/record-model.js';
import { expandOperations } from './targets/expand.js';
import { lowerToOnnx } from './targets/onnx/lower.js';
import { encodeModel, type OnnxModel } from './targets/onnx/model.js';
import { onnxTarget } from './targets/onnx/target.js';
import { optimizeFor } from './targets/optimize.js';

/**
 * A trained model in inference mode as an ONNX file (operator set 18), its weights inside.
 *
 * Inputs are float32 [batch, ...], the output is the model's first; images keep TensorFlow's layout [batch, height, width, channels].
 *
 * @throws CompileError the model uses a kernel that has no entry, or depends on the batch size in a way
 * that ONNX cannot leave open; then export with a fixed `batch`.
 */
export function exportOnnx(model: ExportableModel, options: ExportOptions = {}): Uint8Array {
  const batch = batchOf('exportOnnx', options);
  if (batch !== 'dynamic') return encodeModel(lowerModel(model, options, batch).onnx);
  const [two, three] = [2, 3].map((size) => lowerModel(model, options, size));
  assertBroadcastsKeepBatch(two.graph, three.graph);
  return encodeModel(openModel(two.onnx, three.onnx));
}

function lowerModel(
  model: ExportableModel,
  options: ExportOptions,
  batch: number,
): { graph: Graph; onnx: OnnxModel } {
  const { graph: recorded, builder } = recordModel('exportOnnx', model, options, batch);
  const graph = optimizeFor(onnxTarget(), expandOperations(recorded, builder, 'onnx'), builder, undefined);
  return { graph, onnx: lowerToOnnx(graph, { shareConstants: false }) };
}

const batchRemains = (operation: string) => dependsOnBatch('exportOnnx', 'ONNX', operation);

/** A broadcast may keep a batch axis that its operand has; it cannot make one of open size. */
function assertBroadcastsKeepBatch(two: Graph, three: Graph): void {
  const [values, others] = [valuesOf(two), valuesOf(three)];
  if (values.length !== others.length) throw batchRemains('its operations');
  values.forEach((value, at) => {
    if (!isOperation(value, broadcastTo)) return;
    const lead = value.shape.length - value.inputs[0].shape.length;
    value.shape.forEach((dimension, axis) => {
      const same = dimension === others[at].shape[axis];
      if (!same && value.inputs[0].shape[axis - lead] === others[at].inputs[0].shape[axis - lead])
        throw batchRemains('BroadcastTo');
    });
  });
}

/** The model for any batch size, from those for two sizes. */
function openModel(two: OnnxModel, three: OnnxModel): OnnxModel {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  two.nodes.forEach((node, at) => {
    if (!same(node, three.nodes[at])) throw batchRemains(node.opType);
  });
  return {
    nodes: two.nodes,
    initializers: two.initializers.map((initializer, at) =>
      openInitializer(two, initializer, three.initializers[at]),
    ),
    inputs: openPorts(two.inputs, three.inputs, 'batch'),
    outputs: openPorts(two.outputs, three.outputs, 'batch'),
  };
}

/** In a target shape, -1 leaves one axis of a reshape open, and 1 keeps an axis of a broadcast as it is. */
function openInitializer(
  model: OnnxModel,
  two: OnnxInitializer,
  three: OnnxInitializer | undefined,
): OnnxInitializer {
  if (!three || two.type !== three.type) throw batchRemains('a constant');
  const equal =
    two.bytes.length === three.bytes.length && two.bytes.every((byte, at) => byte === three.bytes[at]);
  if (equal) return two;
  const [user] = model.nodes.filter((node) => node.inputs.includes(two.name));
  const open = { Reshape: -1n, Expand: 1n }[user.opType];
  if (open === undefined || two.type !== 'int64' || two.bytes.length !== three.bytes.length)
    throw batchRemains(user.opType);
  const [a, b] = [two, three].map(({ bytes }) => new BigInt64Array(bytes.slice().buffer));
  const shape = a.map((dimension, axis) => (dimension === b[axis] ? dimension : open));
  if (user.opType === 'Reshape' && shape.filter((dimension) => dimension === -1n).length > 1)
    throw batchRemains('Reshape');
  return { ...two, bytes: new Uint8Array(shape.buffer) };
}
