import type { ConcatAttrs, PackAttrs } from '@tensorflow/tfjs-core';
import { normalizeAxes, sizeOf } from '../../graph/shape.js';
import { concat } from '../../operations/movement/concat.js';
import { withAxis } from '../../operations/movement/reshape.js';
import type { Kernel } from '../kernel.js';

export const concatKernel: Kernel<ConcatAttrs> = {
  name: 'Concat',
  record: ({ graph, list, attributes }) => {
    const [axis] = normalizeAxes(attributes.axis, list[0].shape.length);
    const parts = list.filter((part) => sizeOf(part.shape) > 0);
    if (parts.length === 1) return parts[0];
    return concat(graph, ...(parts.length > 0 ? parts : list), { axis });
  },
};

export const pack: Kernel<PackAttrs> = {
  name: 'Pack',
  record: ({ graph, list, attributes }) => {
    const [axis] = normalizeAxes(attributes.axis, list[0].shape.length + 1);
    const parts = list.map((part) => withAxis(graph, part, axis));
    return parts.length === 1 ? parts[0] : concat(graph, ...parts, { axis });
  },
};
