import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';

/** A pass: a graph in, a graph out that computes the same. */
export type Pass = (graph: Graph, builder: GraphBuilder) => Graph;

const passes = {} as const satisfies Record<string, Pass>;

export type PassName = keyof typeof passes;

/** Runs the passes in their order, less those that are switched off. */
export function optimizeGraph(graph: Graph, builder: GraphBuilder, enabled: Partial<Record<PassName, boolean>> = {}): Graph {
  return (Object.entries(passes) as [PassName, Pass][]).reduce(
    (current, [name, pass]) => (enabled[name] === false ? current : pass(current, builder)),
    graph,
  );
}
