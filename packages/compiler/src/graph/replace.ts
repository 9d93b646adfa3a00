import type { GraphBuilder } from './builder.js';
import type { Graph, Value } from './types.js';

/** What stands in place of a value, made from other values of the same graph. */
export interface Replacement {
  readonly operands: readonly Value[];
  /** @param operands the same, with what they need replaced */
  readonly build: (operands: readonly Value[]) => Value;
}

/**
 * Builds a graph anew with other values in place of some. A replacement may need values that come later
 * than what it stands for, so it starts from what the graph gives and builds what that needs.
 *
 * @param replacements must not need one another in a circle
 */
export function replaceValues(
  graph: Graph,
  builder: GraphBuilder,
  replacements: ReadonlyMap<Value, Replacement>,
): Graph {
  if (replacements.size === 0) return graph;
  const rebuilt = new Map<Value, Value>();
  const needsOf = (value: Value) => replacements.get(value)?.operands ?? value.inputs;
  const build = (value: Value): Value => {
    const operands = needsOf(value).map((operand) => rebuilt.get(operand)!);
    const replacement = replacements.get(value);
    return replacement ? replacement.build(operands) : builder.reapply(value, operands);
  };
  // Without recursion, for a step can be thousands of operations deep.
  const rebuild = (root: Value): Value => {
    const pending = [root];
    for (let value = pending.at(-1); value; value = pending.at(-1)) {
      const missing = rebuilt.has(value) ? [] : needsOf(value).filter((need) => !rebuilt.has(need));
      pending.push(...missing);
      if (missing.length > 0) continue;
      if (!rebuilt.has(value)) rebuilt.set(value, build(value));
      pending.pop();
    }
    return rebuilt.get(root)!;
  };
  return {
    inputs: graph.inputs,
    states: graph.states.map((state) => ({ ...state, output: rebuild(state.output) })),
    outputs: graph.outputs.map(({ name, value }) => ({ name, value: rebuild(value) })),
  };
}
