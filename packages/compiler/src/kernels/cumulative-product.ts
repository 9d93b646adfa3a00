import type { CumprodAttrs } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import { normalizeAxes } from '../graph/shape.js';
import type { Value } from '../graph/types.js';
import { cast, type Kernel } from './kernel.js';

/** Moves everything along an axis by some places; ones come after it. */
function shifted(graph: GraphBuilder, x: Value, axis: number, places: number): Value {
  if (places >= x.shape[axis]) return graph.fill(1, x.shape, x.dtype);
  const paddings = x.shape.map((_, at) => [at === axis ? places : 0, 0]);
  const padded = graph.apply('PadV2', [x], { paddings, value: 1 });
  return graph.apply('Slice', [padded], { begin: x.shape.map(() => 0), size: x.shape });
}

function flipped(graph: GraphBuilder, x: Value, axis: number): Value {
  const begin = x.shape.map((size, at) => (at === axis ? size - 1 : 0));
  const strides = x.shape.map((_, at) => (at === axis ? -1 : 1));
  return graph.apply('StridedSlice', [x], { begin, strides, shape: x.shape });
}

/**
 * The product of all elements up to each one. ONNX has no such operation, so it is written with products of products:
 * of two elements, then of four, until all are in.
 */
const cumulativeProduct: Kernel = {
  name: 'Cumprod',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { axis, exclusive, reverse } = attributes as CumprodAttrs;
    const [along] = normalizeAxes(axis, x.shape.length);
    const numbers = cast(graph, x, x.dtype === 'bool' ? 'int32' : x.dtype);
    const forward = reverse ? flipped(graph, numbers, along) : numbers;
    let product = exclusive ? shifted(graph, forward, along, 1) : forward;
    for (let reach = 1; reach < x.shape[along]; reach *= 2)
      product = graph.apply('Multiply', [product, shifted(graph, product, along, reach)]);
    return reverse ? flipped(graph, product, along) : product;
  },
};

export const cumulativeProductKernels: readonly Kernel[] = [cumulativeProduct];
