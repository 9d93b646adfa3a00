import type { TargetName } from '@dist-gan/core';
import type { GraphBuilder } from '../graph/builder.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { valuesOf } from '../graph/traverse.js';
import type { Graph, Value } from '../graph/types.js';
import { definitionOf, type Preferences } from '../operations/definition.js';

/** Replaces the operations that a target lacks by others that it has. */
export function expandOperations(
  graph: Graph,
  builder: GraphBuilder,
  target: TargetName,
  preferences: Preferences = { products: false },
): Graph {
  const expansionOf = (value: Value) => {
    const lowering = definitionOf(value)?.[target];
    return lowering && 'expand' in lowering ? lowering : undefined;
  };
  let current = graph;
  while (valuesOf(current).some(expansionOf)) {
    current = rewriteGraph(current, builder, (value, inputs) =>
      expansionOf(value)?.expand(builder, { ...value, inputs }, preferences),
    );
  }
  return current;
}
