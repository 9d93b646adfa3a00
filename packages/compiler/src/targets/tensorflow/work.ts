import { sizeOf } from '../../graph/shape.js';
import { valuesOf } from '../../graph/traverse.js';
import type { Graph, Value } from '../../graph/types.js';

/**
 * Below this many multiplications (about a tenth of a millisecond of one thread) threads lose more by sharing an
 * operation than they gain; then each takes operations of its own.
 */
const smallestSplit = 16e6;

/** Whether some product or convolution of the graph is large enough for several threads. */
export function isWorthSplitting(graph: Graph): boolean {
  return valuesOf(graph).some((value) => multiplications(value) >= smallestSplit);
}

/** Of matrix products and convolutions; 0 for the rest. */
function multiplications({ op, inputs, attributes, shape }: Value): number {
  if (op === 'BatchMatMul') {
    const [rows, columns] = inputs[0].shape.slice(-2);
    return sizeOf(shape) * (attributes.transposeA ? rows : columns);
  }
  // The filter passes over every position of the output; of a gradient, dy has the output's shape.
  if (op === 'Conv2D') return (sizeOf(shape) / shape[3]) * sizeOf(inputs[1].shape);
  if (op === 'Conv2DBackpropInput')
    return (sizeOf(inputs[0].shape) / inputs[0].shape[3]) * sizeOf(inputs[1].shape);
  if (op === 'Conv2DBackpropFilter') return (sizeOf(inputs[1].shape) / inputs[1].shape[3]) * sizeOf(shape);
  return 0;
}
