import type { CumprodAttrs } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import { normalizeAxes } from '../graph/shape.js';
import type { Value } from '../graph/types.js';
import { multiply } from '../operations/elementwise/arithmetic.js';
import { pad } from '../operations/movement/padding.js';
import { slice } from '../operations/movement/slice.js';
import { reversed } from '../operations/movement/strided-slice.js';
import { accepted } from './accepted.js';
import type { Kernel } from './kernel.js';

/** Moves everything along an axis by some places; ones come after it. */
function shifted(graph: GraphBuilder, x: Value, axis: number, places: number): Value {
  if (places >= x.shape[axis]) return graph.fill(1, x.shape, x.dtype);
  const paddings = x.shape.map((_, at) => [at === axis ? places : 0, 0]);
  const padded = pad(graph, x, { paddings, value: 1 });
  return slice(graph, padded, { begin: x.shape.map(() => 0), size: x.shape });
}

/**
 * The product of all elements up to each one. ONNX has no such operation, so it is written with products of products:
 * of two elements, then of four, until all are in.
 */
const cumulativeProduct: Kernel<CumprodAttrs> = {
  name: 'Cumprod',
  record: ({ graph, inputs: { x }, attributes: { axis, exclusive, reverse } }) => {
    const [along] = normalizeAxes(axis, x.shape.length);
    const numbers = accepted(graph, x, multiply);
    const forward = reverse ? reversed(graph, numbers, [along]) : numbers;
    let product = exclusive ? shifted(graph, forward, along, 1) : forward;
    for (let reach = 1; reach < x.shape[along]; reach *= 2)
      product = multiply(graph, product, shifted(graph, product, along, reach));
    return reverse ? reversed(graph, product, [along]) : product;
  },
};

export const cumulativeProductKernels: readonly Kernel[] = [cumulativeProduct];
