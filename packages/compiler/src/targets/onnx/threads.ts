import { sizeOf } from '../../graph/shape.js';
import { valuesOf } from '../../graph/traverse.js';
import type { Graph } from '../../graph/types.js';
import { largestProduct } from '../../operations/work.js';

/** Sharing out smaller products among threads costs more time than it saves. */
const multiplicationsWorthSharing = 1 << 22;
/** The same for operations that only pass over a tensor. */
const elementsWorthSharing = 1 << 18;

/** One where every operation of the graph is small; undefined, the engine's own choice of all cores, where not. */
export function defaultThreads(graph: Graph): number | undefined {
  const worthSharing =
    largestProduct(graph) >= multiplicationsWorthSharing ||
    valuesOf(graph).some(({ inputs, shape }) => inputs.length > 0 && sizeOf(shape) >= elementsWorthSharing);
  return worthSharing ? undefined : 1;
}
