import {
  tensorFlowTypes,
  type NodeAttribute,
  type NodeDef,
  type StoredTensor,
} from '../../emitters/tensorflow-nodes.js';
import type { Shape } from '../../graph/types.js';
import type { MessageWriter } from '../protobuf.js';

/** The version of graphs that TensorFlow 2.9 writes; every later one reads it. */
const producerVersion = 1087;

/** Field numbers are those of tensorflow/core/framework/graph.proto and node_def.proto. */
export function writeGraph(message: MessageWriter, nodes: readonly NodeDef[], device: string): void {
  for (const node of nodes) {
    message.message(1, (field) => {
      field.text(1, node.name).text(2, node.op);
      for (const input of node.inputs) field.text(3, input);
      if (device !== '') field.text(4, device);
      for (const [name, attribute] of Object.entries(node.attributes)) {
        field.message(5, (entry) =>
          entry.text(1, name).message(2, (value) => writeAttribute(value, attribute)),
        );
      }
    });
  }
  message.message(4, (versions) => versions.varint(1, producerVersion));
}

function writeAttribute(message: MessageWriter, attribute: NodeAttribute): void {
  if (typeof attribute === 'string') message.text(2, attribute);
  else if (typeof attribute === 'number') message.varint(3, attribute);
  else if (typeof attribute === 'boolean') message.varint(5, Number(attribute));
  else if ('float' in attribute) message.float32(4, attribute.float);
  else if ('type' in attribute) message.varint(6, tensorFlowTypes[attribute.type]);
  else if ('shape' in attribute) message.message(7, (field) => writeShape(field, attribute.shape));
  else if ('tensor' in attribute) message.message(8, (field) => writeTensor(field, attribute.tensor));
  else {
    message.message(1, (list) => {
      for (const element of attribute) list.varint(3, element);
    });
  }
}

/** A dimension of -1 may have any size. */
export function writeShape(message: MessageWriter, shape: Shape): void {
  for (const size of shape) message.message(2, (dimension) => dimension.varint(1, size));
}

function writeTensor(message: MessageWriter, { data, shape, dtype }: StoredTensor): void {
  message.varint(1, tensorFlowTypes[dtype]).message(2, (field) => writeShape(field, shape));
  // TensorFlow repeats the last of the values listed one by one; bytes must be complete.
  if (data.length !== 1) message.bytes(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  else if (dtype === 'float32') message.float32(5, data[0]);
  else message.varint(dtype === 'int32' ? 7 : 11, data[0]);
}
