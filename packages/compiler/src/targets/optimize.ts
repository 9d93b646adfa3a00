import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';
import { optimizeGraph, type PassChoice } from '../passes/index.js';
import type { Target } from './target.js';

/**
 * Runs the passes that help a target, and none that makes an operation which it lacks.
 *
 * @param graph in the operations of the target
 * @param choice switches passes off and on
 */
export function optimizeFor(
  { passes, lacks }: Pick<Target, 'passes' | 'lacks'>,
  graph: Graph,
  builder: GraphBuilder,
  choice: PassChoice = {},
): Graph {
  const never = Object.fromEntries(lacks.map((name) => [name, false]));
  return optimizeGraph(graph, builder, { ...passes, ...choice, ...never });
}
