import { batchOf, dependsOnBatch, openPorts, openShape } from './record/any-batch.js';
import { recordModel, type ExportableModel, type ExportOptions } from './record/record-model.js';
import { fusions } from './passes/fusions.js';
import type { NodeAttribute, NodeDef } from './emitters/tensorflow-nodes.js';
import { expandOperations } from './targets/expand.js';
import { optimizeFor } from './targets/optimize.js';
import { lowerToTensorFlow, type LoweredGraph } from './targets/tensorflow/lower.js';
import { servingSignature } from './targets/tensorflow/saved-model.js';
import { writeSavedModel } from './targets/tensorflow/saved-model-folder.js';
import { tensorFlowTarget } from './targets/tensorflow/target.js';

/**
 * Writes a trained model in inference mode as a TensorFlow SavedModel, its weights inside: a folder that Python's
 * `tf.saved_model.load`, TensorFlow Serving and everything else that serves SavedModels takes. Node only.
 *
 * Inputs are float32 [batch, ...], the output is the model's first; images are [batch, height, width, channels].
 *
 * @param folder is made; a SavedModel that it holds is replaced
 * @throws CompileError the model uses a kernel that has no entry, or depends on the batch size in a way that
 * TensorFlow cannot leave open; then export with a fixed `batch`.
 */
export function exportSavedModel(model: ExportableModel, folder: string, options: ExportOptions = {}): void {
  const batch = batchOf('exportSavedModel', options);
  const lowered =
    batch === 'dynamic'
      ? openGraph(lowerModel(model, options, 2), lowerModel(model, options, 3))
      : lowerModel(model, options, batch);
  const { nodes, step } = lowered;
  writeSavedModel(folder, { nodes, signatures: [{ ...step, name: servingSignature }] });
}

function lowerModel(model: ExportableModel, options: ExportOptions, batch: number): LoweredGraph {
  const { graph, builder } = recordModel('exportSavedModel', model, options, batch);
  const expanded = expandOperations(graph, builder, 'tensorflow');
  return lowerToTensorFlow(optimizeFor(tensorFlowTarget, expanded, builder, fusions), {
    shareConstants: false,
  });
}

const batchRemains = (operation: string) => dependsOnBatch('exportSavedModel', 'TensorFlow', operation);

/** The graph for any batch size, from those for two sizes. */
function openGraph(two: LoweredGraph, three: LoweredGraph): LoweredGraph {
  if (two.nodes.length !== three.nodes.length) throw batchRemains('its operations');
  const nodes = two.nodes.map((node, at) => openNode(two.nodes, node, three.nodes[at]));
  return {
    ...two,
    nodes,
    step: {
      ...two.step,
      inputs: openPorts(two.step.inputs, three.step.inputs, openSize),
      outputs: openPorts(two.step.outputs, three.step.outputs, openSize),
    },
  };
}

/** TensorFlow's word for any size. */
const openSize = -1;

function openNode(nodes: readonly NodeDef[], two: NodeDef, three: NodeDef): NodeDef {
  const same = two.op === three.op && two.inputs.join() === three.inputs.join();
  if (!same) throw batchRemains(two.op);
  const { shape } = two.attributes;
  if (two.op === 'Placeholder' && isShape(shape) && isShape(three.attributes.shape))
    return {
      ...two,
      attributes: {
        ...two.attributes,
        shape: { shape: openShape(shape.shape, three.attributes.shape.shape, openSize) },
      },
    };
  if (JSON.stringify(two.attributes) === JSON.stringify(three.attributes)) return two;
  if (two.op !== 'Const') throw batchRemains(two.op);
  return openConstant(nodes, two, three);
}

const isShape = (attribute: NodeAttribute | undefined): attribute is { shape: readonly number[] } =>
  typeof attribute === 'object' && 'shape' in attribute;

/** Lists of sizes in which the batch may be left open: for the axis, or only the other axes. */
function openConstant(nodes: readonly NodeDef[], two: NodeDef, three: NodeDef): NodeDef {
  const [a, b] = [two, three].map(({ attributes }) => {
    const { value } = attributes;
    if (typeof value !== 'object' || !('tensor' in value)) throw batchRemains('a constant');
    return value.tensor;
  });
  const user = nodes.find(({ inputs }) => inputs.includes(two.name))!;
  const alike = a.dtype === 'int32' && b.dtype === 'int32' && a.data.length === b.data.length;
  if (!alike) throw batchRemains(user.op);
  const open = a.data.map((size, at) => (size === b.data[at] ? size : openSize));
  const onlyBatch = open[0] === openSize && open.slice(1).every((size) => size !== openSize);
  const stored = (data: typeof open) => ({
    ...two,
    attributes: {
      ...two.attributes,
      value: { tensor: { data, shape: [data.length], dtype: 'int32' as const } },
    },
  });
  const position = user.inputs.indexOf(two.name);
  if (user.op === 'Reshape' && open.filter((size) => size === openSize).length === 1) return stored(open);
  if (user.op === 'Slice' && position === 2 && onlyBatch) return stored(open);
  if (user.op === 'Conv2DBackpropInput' && onlyBatch) return stored(open.slice(1, 3));
  throw batchRemains(user.op);
}
