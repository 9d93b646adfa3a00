import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';

/** A graph in, a graph out that computes the same. New values come from the builder. */
export interface Pass {
  (graph: Graph, builder: GraphBuilder): Graph;
  /** Passes without which it finds nothing: it runs after them, and not at all where one is switched off. */
  needs?: readonly Pass[];
}
