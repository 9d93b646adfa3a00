import type { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/types.js';
import { optimizeGraph, type OwnPasses, type PassChoice } from '../passes/index.js';
import type { Target } from './target.js';

/**
 * Runs the passes that help a target.
 *
 * @param graph in the operations of the target
 * @param choice switches passes off and on
 * @param own what `ownPasses` of the target gives
 */
export function optimizeFor(
  { passes }: Pick<Target, 'passes'>,
  graph: Graph,
  builder: GraphBuilder,
  choice: PassChoice = {},
  own?: OwnPasses,
): Graph {
  return optimizeGraph(graph, builder, { ...passes, ...choice }, own);
}
