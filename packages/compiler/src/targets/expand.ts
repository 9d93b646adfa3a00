import type { GraphBuilder } from '../graph/builder.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { valuesOf } from '../graph/traverse.js';
import type { Graph, Value } from '../graph/types.js';
import type { Preferences } from '../kernels/kernel.js';
import { operationOf } from '../kernels/table.js';
import type { TargetName } from './target.js';

/** Replaces the operations that a target lacks by others that it has. */
export function expandOperations(
  graph: Graph,
  builder: GraphBuilder,
  target: TargetName,
  preferences: Preferences = { products: false },
): Graph {
  const expansionOf = (value: Value) => {
    if (value.inputs.length === 0 || value.op === 'Result') return undefined;
    const lowering = operationOf(value.op)[target];
    return lowering && 'expand' in lowering ? lowering.expand : undefined;
  };
  let current = graph;
  while (valuesOf(current).some(expansionOf)) {
    current = rewriteGraph(current, builder, (value, inputs) =>
      expansionOf(value)?.(builder, { ...value, inputs }, preferences),
    );
  }
  return current;
}
