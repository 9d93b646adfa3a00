import { isOperation, traitsOf } from '../graph/operation.js';
import { valuesOf } from '../graph/traverse.js';
import type { Graph } from '../graph/types.js';
import { convolution, convolutionFilterGradient, convolutionInputGradient } from './convolution.js';

/** Multiplications of the largest matrix product or convolution of a graph. */
export function largestProduct(graph: Graph): number {
  return multiplications(graph).reduce((largest, count) => Math.max(largest, count), 0);
}

/** Those of all matrix products and convolutions together. */
export function allMultiplications(graph: Graph): number {
  return multiplications(graph).reduce((sum, count) => sum + count, 0);
}

export function hasConvolutions(graph: Graph): boolean {
  return valuesOf(graph).some(
    (value) =>
      isOperation(value, convolution) ||
      isOperation(value, convolutionInputGradient, convolutionFilterGradient),
  );
}

const multiplications = (graph: Graph): number[] =>
  valuesOf(graph).map((value) => traitsOf(value).multiplications?.(value) ?? 0);
