import { resultTypes } from './operation.js';
import { sameShape } from './shape.js';
import { isSource } from './sources.js';
import { valuesOf } from './traverse.js';
import type { Graph, Value } from './types.js';

/** Throws when a pass has broken the graph: that is a bug of the pass, and is told as one. */
export function validateGraph(graph: Graph, after: string): void {
  const complain = (value: Value, problem: string) => {
    throw new Error(`after ${after}: %${value.id} ${value.operation.name} ${problem}`);
  };
  for (const value of valuesOf(graph)) {
    for (const input of value.inputs)
      if (input.id >= value.id) complain(value, `reads %${input.id}, which comes later`);
    if (isSource(value)) continue;
    const [inferred] = resultTypes(value.operation, value.inputs, value.attributes);
    if (!sameShape(inferred.shape, value.shape) || inferred.dtype !== value.dtype) {
      complain(
        value,
        `has type ${value.dtype}[${value.shape}] but its inputs give ${inferred.dtype}[${inferred.shape}]`,
      );
    }
  }
  for (const state of graph.states) {
    if (!sameShape(state.input.shape, state.output.shape) || state.input.dtype !== state.output.dtype) {
      complain(state.output, `becomes state ${state.name}, which has shape [${state.input.shape}]`);
    }
  }
}
