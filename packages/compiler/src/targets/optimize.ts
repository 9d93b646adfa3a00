import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';
import { optimizeGraph, type OwnPasses, type PassChoice } from '../passes/index.js';
import type { Target } from './target.js';

/**
 * Runs the passes that help a target.
 *
 * @param graph in the operations of the target
 * @param own what `ownPasses` of the target gives; undefined where it has none. To be said, as a target without its own runs slower and tells nobody
 * @param choice switches passes off and on
 */
export function optimizeFor(
  { passes }: Pick<Target, 'passes'>,
  graph: Graph,
  builder: GraphBuilder,
  own: OwnPasses | undefined,
  choice: PassChoice = {},
): Graph {
  return optimizeGraph(graph, builder, { ...passes, ...choice }, own);
}
