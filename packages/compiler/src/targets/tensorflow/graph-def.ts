import type { PbfWriter } from 'pbf';
import {
  tensorFlowTypes,
  type NodeAttribute,
  type NodeDef,
  type StoredTensor,
} from '../../emitters/tensorflow-nodes.js';
import type { Shape } from '../../graph/types.js';

/** The version of graphs that TensorFlow 2.9 writes; every later one reads it. */
const producerVersion = 1087;

/** Nodes, and the device on which all of them run, where they have one. */
export interface PlacedNodes {
  readonly nodes: readonly NodeDef[];
  readonly device: string;
}

/** Field numbers are those of tensorflow/core/framework/graph.proto and node_def.proto. */
export function writeGraph({ nodes, device }: PlacedNodes, message: PbfWriter): void {
  for (const node of nodes) message.writeMessage(1, writeNode, { node, device });
  message.writeMessage(4, writeVersions, producerVersion);
}

function writeVersions(producer: number, message: PbfWriter): void {
  message.writeVarintField(1, producer);
}

function writeNode({ node, device }: { node: NodeDef; device: string }, message: PbfWriter): void {
  message.writeStringField(1, node.name);
  message.writeStringField(2, node.op);
  for (const input of node.inputs) message.writeStringField(3, input);
  if (device !== '') message.writeStringField(4, device);
  for (const entry of Object.entries(node.attributes)) message.writeMessage(5, writeEntry, entry);
}

function writeEntry([name, attribute]: [string, NodeAttribute], message: PbfWriter): void {
  message.writeStringField(1, name);
  message.writeMessage(2, writeAttribute, attribute);
}

function writeAttribute(attribute: NodeAttribute, message: PbfWriter): void {
  if (typeof attribute === 'string') message.writeStringField(2, attribute);
  else if (typeof attribute === 'number') message.writeVarintField(3, attribute);
  else if (typeof attribute === 'boolean') message.writeBooleanField(5, attribute);
  else if ('float' in attribute) message.writeFloatField(4, attribute.float);
  else if ('type' in attribute) message.writeVarintField(6, tensorFlowTypes[attribute.type]);
  else if ('shape' in attribute) message.writeMessage(7, writeShape, attribute.shape);
  else if ('tensor' in attribute) message.writeMessage(8, writeTensor, attribute.tensor);
  else message.writeMessage(1, writeList, attribute);
}

function writeList(elements: readonly number[], message: PbfWriter): void {
  for (const element of elements) message.writeVarintField(3, element);
}

/** A dimension of -1 may have any size. */
export function writeShape(shape: Shape, message: PbfWriter): void {
  for (const size of shape) message.writeMessage(2, writeDimension, size);
}

function writeDimension(size: number, message: PbfWriter): void {
  message.writeVarintField(1, size);
}

function writeTensor({ data, shape, dtype }: StoredTensor, message: PbfWriter): void {
  message.writeVarintField(1, tensorFlowTypes[dtype]);
  message.writeMessage(2, writeShape, shape);
  // TensorFlow repeats the last of the values listed one by one; bytes must be complete.
  if (data.length !== 1)
    message.writeBytesField(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  else if (dtype === 'float32') message.writeFloatField(5, data[0]);
  else message.writeVarintField(dtype === 'int32' ? 7 : 11, data[0]);
}
