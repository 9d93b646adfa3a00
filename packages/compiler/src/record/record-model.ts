import type * as tf from '@tensorflow/tfjs-core';
import { OptionError } from '@dist-gan/core';
import type { GraphBuilder } from '../graph/builder.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { valuesOf } from '../graph/traverse.js';
import type { Graph, Value } from '../graph/types.js';
import { record } from './record.js';

/** What is used of a `tf.LayersModel`: any number of inputs, and of its outputs the first. */
export interface ExportableModel {
  /** @param inputs of a model with several inputs, all of them in order */
  apply(inputs: tf.Tensor | tf.Tensor[], options?: { training?: boolean }): unknown;
  readonly inputs?: readonly { readonly shape: readonly (number | null)[] }[];
}

export interface ExportOptions {
  /** Shape of one sample of each input, without the batch axis. Default: those of the model's inputs. */
  readonly inputShapes?: readonly (readonly number[])[];
  /** Number of samples per call, or `dynamic` (default) for any number. */
  readonly batch?: number | 'dynamic';
  /** Names of the inputs in the file. Default `input`, of several `input_0`, `input_1`, ... */
  readonly inputNames?: readonly string[];
  /** Name of the first output in the file. Default `output`. */
  readonly outputName?: string;
}

/** A model in inference mode as a graph without state: its weights are constants. */
export function recordModel(
  caller: string,
  model: ExportableModel,
  options: ExportOptions,
  batch: number,
): { graph: Graph; builder: GraphBuilder } {
  const { outputName = 'output' } = options;
  const shapes = options.inputShapes ?? model.inputs?.map(({ shape }) => shape.slice(1));
  if (shapes === undefined || shapes.length === 0 || !shapes.every(isKnown)) {
    throw new OptionError(
      `${caller}: the model does not say the shape of a sample; pass inputShapes, one for each input.`,
      'inputShapes',
      shapes,
    );
  }
  const { inputNames: names = defaultNames(shapes.length) } = options;
  if (names.length !== shapes.length || new Set(names).size !== names.length) {
    throw new OptionError(
      `${caller}: inputNames must be ${shapes.length} different names, one for each input, got ${JSON.stringify(names)}.`,
      'inputNames',
      names,
    );
  }
  const { builder, inputs, variables, outputs } = record(
    (tensors) => {
      const given = names.map((name) => tensors[name]);
      const output = model.apply(given.length === 1 ? given[0] : given, { training: false });
      return { [outputName]: (Array.isArray(output) ? output[0] : output) as tf.Tensor };
    },
    Object.fromEntries(shapes.map((shape, i) => [names[i], { shape: [batch, ...shape] }])),
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

const isKnown = (shape: readonly (number | null)[]): shape is readonly number[] =>
  shape.every((dimension) => typeof dimension === 'number');

const defaultNames = (inputs: number) =>
  inputs === 1 ? ['input'] : Array.from({ length: inputs }, (_, i) => `input_${i}`);
