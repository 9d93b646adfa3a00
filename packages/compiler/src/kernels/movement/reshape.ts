import type { ExpandDimsAttrs, ReshapeAttrs, TransposeAttrs } from '@tensorflow/tfjs-core';
import { normalizeAxes, sizeOf } from '../../graph/shape.js';
import { reshape, withAxis } from '../../operations/movement/reshape.js';
import { transpose } from '../../operations/movement/transpose.js';
import type { Kernel } from '../kernel.js';

/** A copy is the value itself. */
export const identity: Kernel = { name: 'Identity', record: ({ inputs: { x } }) => x };

export const reshapeKernel: Kernel<ReshapeAttrs> = {
  name: 'Reshape',
  record: ({ graph, inputs: { x }, attributes: { shape } }) => {
    const known = shape.reduce((size, dimension) => (dimension === -1 ? size : size * dimension), 1);
    const open = sizeOf(x.shape) / known;
    return reshape(graph, x, { shape: shape.map((dimension) => (dimension === -1 ? open : dimension)) });
  },
};

export const expandDims: Kernel<ExpandDimsAttrs> = {
  name: 'ExpandDims',
  record: ({ graph, inputs: { input }, attributes: { dim } }) => {
    const [axis] = normalizeAxes(dim, input.shape.length + 1);
    return withAxis(graph, input, axis);
  },
};

export const transposeKernel: Kernel<TransposeAttrs> = {
  name: 'Transpose',
  record: ({ graph, inputs: { x }, attributes: { perm } }) => transpose(graph, x, { perm }),
};
