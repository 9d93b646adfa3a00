import type { DType, Shape } from '../../graph/types.js';
import { MessageWriter } from '../protobuf.js';
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
export function encodeSavedModel({ nodes, signatures, initializer, device = '' }: SavedModel): Uint8Array {
  return new MessageWriter()
    .varint(1, 1)
    .message(2, (meta) => {
      meta
        .message(1, (info) => info.text(4, servingTag))
        .message(2, (graph) => writeGraph(graph, nodes, device));
      for (const { name, inputs, outputs } of signatures) {
        meta.message(5, (entry) =>
          entry.text(1, name).message(2, (signature) => {
            for (const input of inputs) writePort(signature, 1, input);
            for (const output of outputs) writePort(signature, 2, output);
            signature.text(3, 'tensorflow/serving/predict');
          }),
        );
      }
      if (initializer !== undefined) {
        meta.message(5, (entry) =>
          entry.text(1, '__saved_model_init_op').message(2, (signature) =>
            signature.message(2, (output) =>
              output.text(1, '__saved_model_init_op').message(2, (info) => {
                info.text(1, initializer).message(3, (shape) => shape.varint(3, 1));
              }),
            ),
          ),
        );
      }
    })
    .finish();
}

function writePort(signature: MessageWriter, field: 1 | 2, { name, tensor, dtype, shape }: SignatureTensor) {
  signature.message(field, (entry) =>
    entry.text(1, name).message(2, (info) =>
      // A scalar's shape is an empty message, not a missing one: tfjs-node reads it unasked.
      info
        .text(1, tensor)
        .varint(2, tensorFlowTypes[dtype])
        .message(3, (field) => writeShape(field, shape)),
    ),
  );
}
