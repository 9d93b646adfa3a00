import { traitsOf } from '../graph/operation.js';
import { valuesOf } from '../graph/traverse.js';
import type { Graph } from '../graph/types.js';

/** Multiplications of the largest matrix product or convolution of a graph. */
export function largestProduct(graph: Graph): number {
  return valuesOf(graph).reduce(
    (largest, value) => Math.max(largest, traitsOf(value).multiplications?.(value) ?? 0),
    0,
  );
}
