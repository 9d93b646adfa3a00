import { sizeOf } from './shape.js';
import { valuesOf } from './traverse.js';
import type { Graph, Value } from './types.js';

/** Multiplications of the largest matrix product or convolution of a graph. */
export function largestProduct(graph: Graph): number {
  return valuesOf(graph).reduce((largest, value) => Math.max(largest, multiplications(value)), 0);
}

/** Of matrix products and convolutions; 0 for the rest. */
function multiplications({ op, inputs: [a, b], attributes, shape }: Value): number {
  switch (op) {
    case 'BatchMatMul':
    case 'MatMulBias':
      return sizeOf(shape) * a.shape.at(attributes.transposeA ? -2 : -1)!;
    // The filter passes over every position of the output; of a gradient, dy has the output's shape.
    case 'Conv2D':
      return (sizeOf(shape) / shape[3]) * sizeOf(b.shape);
    case 'Conv2DBackpropInput':
      return (sizeOf(a.shape) / a.shape[3]) * sizeOf(b.shape);
    case 'Conv2DBackpropFilter':
      return (sizeOf(b.shape) / b.shape[3]) * sizeOf(shape);
    case 'ChannelsFirstConvolution':
      return (sizeOf(shape) / shape[1]) * sizeOf(b.shape);
    case 'ChannelsFirstTransposedConvolution':
      return (sizeOf(a.shape) / a.shape[1]) * sizeOf(b.shape);
    default:
      return 0;
  }
}
