import { PbfWriter } from 'pbf';
import {
  onnxTypes,
  type OnnxAttribute,
  type OnnxInitializer,
  type OnnxNode,
  type OnnxType,
} from '../../emitters/onnx-nodes.js';

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
  const file = new PbfWriter();
  file.writeVarintField(1, irVersion);
  file.writeStringField(2, 'dist-gan');
  file.writeMessage(7, writeGraph, model);
  file.writeMessage(8, writeOperatorSet, opsetVersion);
  return file.finish();
}

function writeGraph({ nodes, initializers, inputs, outputs }: OnnxModel, message: PbfWriter): void {
  for (const node of nodes) message.writeMessage(1, writeNode, node);
  message.writeStringField(2, 'step');
  for (const initializer of initializers) message.writeMessage(5, writeTensor, initializer);
  for (const input of inputs) message.writeMessage(11, writePort, input);
  for (const output of outputs) message.writeMessage(12, writePort, output);
}

function writeOperatorSet(version: number, message: PbfWriter): void {
  message.writeStringField(1, '');
  message.writeVarintField(2, version);
}

function writeNode(node: OnnxNode, message: PbfWriter): void {
  for (const input of node.inputs) message.writeStringField(1, input);
  for (const output of node.outputs) message.writeStringField(2, output);
  message.writeStringField(3, node.outputs[0]);
  message.writeStringField(4, node.opType);
  for (const attribute of Object.entries(node.attributes)) message.writeMessage(5, writeAttribute, attribute);
}

function writeAttribute([name, attribute]: [string, OnnxAttribute], message: PbfWriter): void {
  const types = { float: 1, int: 2, string: 3, ints: 7 };
  message.writeStringField(1, name);
  if (typeof attribute === 'number') {
    message.writeVarintField(3, attribute);
    message.writeVarintField(20, types.int);
  } else if (typeof attribute === 'string') {
    message.writeStringField(4, attribute);
    message.writeVarintField(20, types.string);
  } else if ('float' in attribute) {
    message.writeFloatField(2, attribute.float);
    message.writeVarintField(20, types.float);
  } else {
    for (const element of attribute) message.writeVarintField(8, element);
    message.writeVarintField(20, types.ints);
  }
}

function writeTensor({ name, type, shape, bytes }: OnnxInitializer, message: PbfWriter): void {
  for (const dimension of shape) message.writeVarintField(1, dimension);
  message.writeVarintField(2, onnxTypes[type]);
  message.writeStringField(8, name);
  message.writeBytesField(9, bytes);
}

function writePort(port: OnnxPort, message: PbfWriter): void {
  message.writeStringField(1, port.name);
  message.writeMessage(2, writeType, port);
}

function writeType(port: OnnxPort, message: PbfWriter): void {
  message.writeMessage(1, writeTensorType, port);
}

function writeTensorType({ type, shape }: OnnxPort, message: PbfWriter): void {
  message.writeVarintField(1, onnxTypes[type]);
  message.writeMessage(2, writeShape, shape);
}

function writeShape(shape: OnnxPort['shape'], message: PbfWriter): void {
  for (const dimension of shape) message.writeMessage(1, writeDimension, dimension);
}

function writeDimension(dimension: number | string, message: PbfWriter): void {
  if (typeof dimension === 'number') message.writeVarintField(1, dimension);
  else message.writeStringField(2, dimension);
}
