import { sizeOf } from '../../graph/shape.js';
import { valuesOf } from '../../graph/traverse.js';
import type { Graph } from '../../graph/types.js';
import { allMultiplications, largestProduct } from '../../operations/work.js';

/** Sharing out smaller products among threads can cost more time than it saves. */
const multiplicationsWorthSharing = 1 << 22;
/** The same for operations that only pass over a tensor. */
const elementsWorthSharing = 1 << 18;
/** A step of fewer is over before a second thread has begun. */
const multiplicationsWorthMeasuring = 1 << 24;

/** Threads of one operation; undefined is the engine's own choice of all cores. */
export type Threads = number | undefined;

/**
 * How many threads are worth a try. All cores where an operation is large, and one where the whole graph is small. With
 * many small operations it depends on how soon the machine's threads meet: both.
 */
export function threadsWorthTrying(graph: Graph): readonly [Threads, ...Threads[]] {
  const worthSharing =
    largestProduct(graph) >= multiplicationsWorthSharing ||
    valuesOf(graph).some(({ inputs, shape }) => inputs.length > 0 && sizeOf(shape) >= elementsWorthSharing);
  if (worthSharing) return [undefined];
  return allMultiplications(graph) >= multiplicationsWorthMeasuring ? [1, undefined] : [1];
}
