import {
  onnxTypes,
  type OnnxAttribute,
  type OnnxInitializer,
  type OnnxNode,
  type OnnxType,
} from '../../emitters/onnx-nodes.js';
import { MessageWriter } from '../protobuf.js';

/** Name and type of an input or output; a dimension that is a word may have any size. */
export interface OnnxPort {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly (number | string)[];
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
}

/** Operator set 18 (December 2022): the newest that every runtime in use today reads. */
const opsetVersion = 18;
const irVersion = 8;

/** An ONNX file. Field numbers are those of onnx.proto. */
export function encodeModel(model: OnnxModel): Uint8Array {
  return new MessageWriter()
    .varint(1, irVersion)
    .text(2, 'dist-gan')
    .message(7, (graph) => {
      for (const node of model.nodes) graph.message(1, (message) => writeNode(message, node));
      graph.text(2, 'step');
      for (const initializer of model.initializers)
        graph.message(5, (message) => writeTensor(message, initializer));
      for (const input of model.inputs) graph.message(11, (message) => writePort(message, input));
      for (const output of model.outputs) graph.message(12, (message) => writePort(message, output));
    })
    .message(8, (opset) => opset.text(1, '').varint(2, opsetVersion))
    .finish();
}

function writeNode(message: MessageWriter, node: OnnxNode): void {
  for (const input of node.inputs) message.text(1, input);
  for (const output of node.outputs) message.text(2, output);
  message.text(3, node.outputs[0]).text(4, node.opType);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message.message(5, (field) => writeAttribute(field.text(1, name), attribute));
  }
}

function writeAttribute(message: MessageWriter, attribute: OnnxAttribute): void {
  const types = { float: 1, int: 2, string: 3, ints: 7 };
  if (typeof attribute === 'number') message.varint(3, attribute).varint(20, types.int);
  else if (typeof attribute === 'string') message.text(4, attribute).varint(20, types.string);
  else if ('float' in attribute) message.float32(2, attribute.float).varint(20, types.float);
  else {
    for (const element of attribute) message.varint(8, element);
    message.varint(20, types.ints);
  }
}

function writeTensor(message: MessageWriter, tensor: OnnxInitializer): void {
  for (const dimension of tensor.shape) message.varint(1, dimension);
  message.varint(2, onnxTypes[tensor.type]).text(8, tensor.name).bytes(9, tensor.bytes);
}

function writePort(message: MessageWriter, port: OnnxPort): void {
  message.text(1, port.name).message(2, (type) =>
    type.message(1, (tensorType) =>
      tensorType.varint(1, onnxTypes[port.type]).message(2, (shape) => {
        for (const dimension of port.shape) {
          shape.message(1, (entry) =>
            typeof dimension === 'number' ? entry.varint(1, dimension) : entry.text(2, dimension),
          );
        }
      }),
    ),
  );
}
