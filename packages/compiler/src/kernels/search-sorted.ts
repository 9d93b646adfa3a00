import type { SearchSortedAttrs } from '@tensorflow/tfjs-core';
import { castTo } from '../operations/elementwise/cast.js';
import { less, lessEqual } from '../operations/elementwise/comparison.js';
import { reshape } from '../operations/movement/reshape.js';
import { sum } from '../operations/reduction.js';
import type { Kernel } from './kernel.js';

/**
 * Where values would be put into sorted rows: the number of entries of the row that are less, or, for the last of several
 * such places, not greater. Engines have no such operation; all entries are compared with all values.
 */
const searchSorted: Kernel<SearchSortedAttrs> = {
  name: 'SearchSorted',
  record: ({ graph, inputs: { sortedSequence, values }, attributes: { side } }) => {
    const dtype = sortedSequence.dtype === values.dtype ? values.dtype : 'float32';
    const [batch, length] = sortedSequence.shape;
    const entries = reshape(graph, castTo(graph, sortedSequence, dtype), { shape: [batch, 1, length] });
    const wanted = reshape(graph, castTo(graph, values, dtype), { shape: [...values.shape, 1] });
    const isBefore = side === 'left' ? less : lessEqual;
    const before = castTo(graph, isBefore(graph, entries, wanted), 'int32');
    return sum(graph, before, { axes: [2], keepDims: false });
  },
};

export const searchSortedKernels: readonly Kernel[] = [searchSorted];
