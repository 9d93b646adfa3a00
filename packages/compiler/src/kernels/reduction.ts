import type { ArgMaxAttrs, CumsumAttrs, SumAttrs } from '@tensorflow/tfjs-core';
import { normalizeAxes } from '../graph/shape.js';
import type { Operation, Reduction } from '../graph/types.js';
import {
  all,
  any,
  argMax,
  argMin,
  cumulativeSum,
  max,
  mean,
  min,
  product,
  sum,
} from '../operations/reduction.js';
import { accepted } from './accepted.js';
import type { Kernel } from './kernel.js';

const reduction = (
  operation: Operation<Reduction>,
): Kernel<Partial<SumAttrs> & { reductionIndices?: number[] }> => ({
  name: operation.name,
  record: ({ graph, inputs: { x }, attributes: { axis, reductionIndices, keepDims = false } }) => {
    const axes = normalizeAxes(reductionIndices ?? axis, x.shape.length);
    return graph.apply(operation, [accepted(graph, x, operation)], { axes, keepDims });
  },
});

const positionOfExtreme = (operation: typeof argMax): Kernel<ArgMaxAttrs> => ({
  name: operation.name,
  record: ({ graph, inputs: { x }, attributes }) => {
    const [axis] = normalizeAxes(attributes.axis, x.shape.length);
    return operation(graph, accepted(graph, x, operation), { axis });
  },
});

const cumsum: Kernel<CumsumAttrs> = {
  name: 'Cumsum',
  record: ({ graph, inputs: { x }, attributes: { axis, exclusive, reverse } }) => {
    const [along] = normalizeAxes(axis, x.shape.length);
    const numbers = accepted(graph, x, cumulativeSum);
    return cumulativeSum(graph, numbers, { axis: along, exclusive, reverse });
  },
};

export const reductionKernels: readonly Kernel[] = [
  ...[sum, mean, product, max, min, all, any].map(reduction),
  ...[argMax, argMin].map(positionOfExtreme),
  cumsum,
];
