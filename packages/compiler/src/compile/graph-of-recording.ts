import type * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../graph/shape.js';
import { valuesOf } from '../graph/traverse.js';
import type { Graph, State } from '../graph/types.js';
import type { RecordedVariable, Recording } from '../record/record.js';

/** The graph of a recording, with the variables that it really uses as its states. */
export function graphOfRecording({ inputs, variables, outputs }: Recording): {
  graph: Graph;
  variables: tf.Variable[];
} {
  const toState = ({ variable, before, after }: RecordedVariable, index: number): State => ({
    name: `state/${variable.name}`,
    input: before,
    output: after,
    parts: [{ variable: index, offset: 0, size: sizeOf(before.shape) }],
  });
  const assigned = variables.filter(({ before, after }) => before !== after);
  const needed = new Set(valuesOf({ inputs, outputs, states: assigned.map(toState) }));
  const used = variables.filter(({ before }) => needed.has(before));
  return {
    graph: { inputs, outputs, states: used.map(toState) },
    variables: used.map(({ variable }) => variable),
  };
}
