import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';

/** A graph in, a graph out that computes the same. New values come from the builder. */
export type Pass = (graph: Graph, builder: GraphBuilder) => Graph;
