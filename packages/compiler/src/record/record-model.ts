import type * as tf from '@tensorflow/tfjs-core';
import { CompileError, OptionError } from '@dist-gan/core';
import type { GraphBuilder } from '../graph/builder.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { valuesOf } from '../graph/traverse.js';
import type { Graph, Value } from '../graph/types.js';
import { record } from './record.js';

/** What is used of a `tf.LayersModel` with one input and one output. */
export interface ExportableModel {
  apply(input: tf.Tensor, options?: { training?: boolean }): unknown;
  readonly inputs?: readonly { readonly shape: readonly (number | null)[] }[];
}

export interface ExportOptions {
  /** Shape of one sample, without the batch axis. Default: that of the model's input. */
  readonly inputShape?: readonly number[];
  /** Number of samples per call, or `dynamic` (default) for any number. */
  readonly batch?: number | 'dynamic';
  /** Names in the file. Defaults `input` and `output`. */
  readonly inputName?: string;
  readonly outputName?: string;
}

/** @throws OptionError the batch is neither `dynamic` nor a number of samples */
export function batchOf(caller: string, { batch = 'dynamic' }: ExportOptions): number | 'dynamic' {
  if (batch === 'dynamic' || (Number.isInteger(batch) && batch > 0)) return batch;
  throw new OptionError(
    `${caller}: batch must be "dynamic" or a whole number above 0, got ${String(batch)}.`,
    'batch',
    batch,
  );
}

/** The error of an operation in which a file of that format cannot leave the batch size open. */
export function dependsOnBatch(caller: string, format: string, operation: string): CompileError {
  return new CompileError(
    `${caller}: the model depends on the batch size in ${operation}, which ${format} cannot leave open; export with a fixed batch, for instance { batch: 16 }.`,
    operation,
  );
}

/** A model in inference mode as a graph without state: its weights are constants. */
export function recordModel(
  caller: string,
  model: ExportableModel,
  options: ExportOptions,
  batch: number,
): { graph: Graph; builder: GraphBuilder } {
  const { inputName = 'input', outputName = 'output' } = options;
  const shape = options.inputShape ?? model.inputs?.[0]?.shape.slice(1);
  if (!shape || !shape.every((dimension): dimension is number => typeof dimension === 'number')) {
    throw new OptionError(
      `${caller}: the model does not say the shape of a sample; pass inputShape.`,
      'inputShape',
      shape,
    );
  }
  const { builder, inputs, variables, outputs } = record(
    (tensors) => {
      const output = model.apply(tensors[inputName], { training: false });
      return { [outputName]: (Array.isArray(output) ? output[0] : output) as tf.Tensor };
    },
    { [inputName]: { shape: [batch, ...shape] } },
  );
  const weights = new Map<Value, Value>();
  const needed = new Set(valuesOf({ inputs, outputs, states: [] }));
  for (const { variable, before } of variables) {
    if (needed.has(before))
      weights.set(before, builder.constant(variable.dataSync<'float32'>(), before.shape, before.dtype));
  }
  const closed = rewriteGraph({ inputs, outputs, states: [] }, builder, () => undefined, weights);
  return { graph: closed, builder };
}
