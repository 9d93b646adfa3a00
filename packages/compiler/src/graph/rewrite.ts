import type { GraphBuilder } from './builder.js';
import { isOperation } from './operation.js';
import { input, state } from './sources.js';
import { valuesOf } from './traverse.js';
import type { Graph, Value } from './types.js';

/**
 * Copies a graph operation by operation; `sources` may put other values in place of inputs and states.
 *
 * `replace` sees every operation in order, with its operands already rewritten, and returns what should
 * stand in its place, or nothing to keep it. Whatever no output or state needs any more is left behind,
 * which is why dead code needs no pass of its own. Where nothing is replaced, the graph itself is returned.
 */
export function rewriteGraph(
  graph: Graph,
  builder: GraphBuilder,
  replace: (value: Value, inputs: readonly Value[]) => Value | undefined,
  sources: ReadonlyMap<Value, Value> = new Map(),
): Graph {
  // Values that others stand in for: as a rule few, and looking up all would take most of a pass.
  const replaced = new Map<Value, Value>();
  const lookUp = (value: Value) => replaced.get(value) ?? value;
  for (const value of valuesOf(graph)) {
    if (isOperation(value, input, state)) {
      const source = sources.get(value) ?? value;
      if (source !== value) replaced.set(value, source);
      continue;
    }
    const isChanged = replaced.size > 0 && value.inputs.some((operand) => replaced.has(operand));
    const inputs = isChanged ? value.inputs.map(lookUp) : value.inputs;
    const result = replace(value, inputs) ?? builder.reapply(value, inputs);
    if (result !== value) replaced.set(value, result);
  }
  if (replaced.size === 0) return graph;
  return {
    inputs: graph.inputs,
    states: graph.states.map((state) => ({ ...state, output: lookUp(state.output) })),
    outputs: graph.outputs.map(({ name, value }) => ({ name, value: lookUp(value) })),
  };
}
