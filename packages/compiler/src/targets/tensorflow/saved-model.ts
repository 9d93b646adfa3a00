import { PbfWriter } from 'pbf';
import type { DType, Shape } from '../../graph/types.js';
import { tensorFlowTypes, type NodeDef } from '../../emitters/tensorflow-nodes.js';
import { writeGraph, writeShape } from './graph-def.js';

/** A tensor that a signature takes or gives. */
export interface SignatureTensor {
  /** As a caller names it. */
  readonly name: string;
  /** As the graph names it: `node:0`. */
  readonly tensor: string;
  readonly dtype: DType;
  /** A dimension of -1 may have any size. */
  readonly shape: Shape;
}

/** A function of a SavedModel: what to feed and what to fetch. */
export interface Signature {
  readonly name: string;
  readonly inputs: readonly SignatureTensor[];
  readonly outputs: readonly SignatureTensor[];
}

export interface SavedModel {
  readonly nodes: readonly NodeDef[];
  readonly signatures: readonly Signature[];
  /** A node that gives the variables their first values when the model is loaded. */
  readonly initializer?: string;
  /** Where all nodes run, for instance `/device:CPU:0`; where it is empty, TensorFlow chooses. */
  readonly device?: string;
}

/** The tag under which everything that serves SavedModels looks. */
export const servingTag = 'serve';

/** The signature that is called where none is named. */
export const servingSignature = 'serving_default';

/** The file `saved_model.pb`. Field numbers are those of tensorflow/core/protobuf/saved_model.proto and meta_graph.proto. */
export function encodeSavedModel(model: SavedModel): Uint8Array {
  const file = new PbfWriter();
  file.writeVarintField(1, 1);
  file.writeMessage(2, writeMetaGraph, model);
  return file.finish();
}

function writeMetaGraph(
  { nodes, signatures, initializer, device = '' }: SavedModel,
  message: PbfWriter,
): void {
  message.writeMessage(1, writeMetaInformation, servingTag);
  message.writeMessage(2, writeGraph, { nodes, device });
  for (const signature of signatures) message.writeMessage(5, writeSignatureEntry, signature);
  if (initializer !== undefined) message.writeMessage(5, writeInitializerEntry, initializer);
}

function writeMetaInformation(tag: string, message: PbfWriter): void {
  message.writeStringField(4, tag);
}

function writeSignatureEntry(signature: Signature, message: PbfWriter): void {
  message.writeStringField(1, signature.name);
  message.writeMessage(2, writeSignature, signature);
}

function writeSignature({ inputs, outputs }: Signature, message: PbfWriter): void {
  for (const input of inputs) message.writeMessage(1, writePort, input);
  for (const output of outputs) message.writeMessage(2, writePort, output);
  message.writeStringField(3, 'tensorflow/serving/predict');
}

function writePort(tensor: SignatureTensor, message: PbfWriter): void {
  message.writeStringField(1, tensor.name);
  message.writeMessage(2, writeTensorInformation, tensor);
}

function writeTensorInformation({ tensor, dtype, shape }: SignatureTensor, message: PbfWriter): void {
  message.writeStringField(1, tensor);
  message.writeVarintField(2, tensorFlowTypes[dtype]);
  // A scalar's shape is an empty message, not a missing one: tfjs-node reads it unasked.
  message.writeMessage(3, writeShape, shape);
}

/** The name under which TensorFlow looks for the node that gives variables their first values. */
const initializerName = '__saved_model_init_op';

function writeInitializerEntry(node: string, message: PbfWriter): void {
  message.writeStringField(1, initializerName);
  message.writeMessage(2, writeInitializerSignature, node);
}

function writeInitializerSignature(node: string, message: PbfWriter): void {
  message.writeMessage(2, writeInitializerPort, node);
}

function writeInitializerPort(node: string, message: PbfWriter): void {
  message.writeStringField(1, initializerName);
  message.writeMessage(2, writeInitializerInformation, node);
}

function writeInitializerInformation(node: string, message: PbfWriter): void {
  message.writeStringField(1, node);
  message.writeMessage(3, writeUnknownRank, true);
}

function writeUnknownRank(unknown: boolean, message: PbfWriter): void {
  message.writeBooleanField(3, unknown);
}
