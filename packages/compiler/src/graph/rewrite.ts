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
  const rewritten = new Map<Value, Value>();
  let changed = false;
  const lookUp = (value: Value) => rewritten.get(value)!;
  for (const value of valuesOf(graph)) {
    if (isOperation(value, input, state)) {
      const source = sources.get(value) ?? value;
      changed ||= source !== value;
      rewritten.set(value, source);
      continue;
    }
    const inputs = value.inputs.map(lookUp);
    const unchanged = inputs.every((input, at) => input === value.inputs[at]);
    const result = replace(value, inputs) ?? (unchanged ? value : builder.reapply(value, inputs));
    changed ||= result !== value;
    rewritten.set(value, result);
  }
  if (!changed) return graph;
  return {
    inputs: graph.inputs,
    states: graph.states.map((state) => ({ ...state, output: lookUp(state.output) })),
    outputs: graph.outputs.map(({ name, value }) => ({ name, value: lookUp(value) })),
  };
}
