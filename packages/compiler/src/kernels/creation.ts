import type { FillAttrs, LinSpaceAttrs, RangeAttrs } from '@tensorflow/tfjs-core';
import { allocate, sizeOf } from '../graph/shape.js';
import { select } from '../operations/elementwise/select.js';
import { reshape } from '../operations/movement/reshape.js';
import { supportedType } from './element-type.js';
import type { Kernel } from './kernel.js';

/* Kernels that make a tensor out of attributes alone: constants of the graph. */

const zerosLike: Kernel = {
  name: 'ZerosLike',
  record: ({ graph, inputs: { x } }) => graph.fill(0, x.shape, x.dtype),
};

const onesLike: Kernel = {
  name: 'OnesLike',
  record: ({ graph, inputs: { x } }) => graph.fill(1, x.shape, x.dtype),
};

const fill: Kernel<Partial<FillAttrs> & Pick<FillAttrs, 'shape' | 'value'>> = {
  name: 'Fill',
  record: ({ graph, attributes: { shape, value, dtype = 'float32' } }) =>
    graph.fill(Number(value), shape, supportedType(dtype, 'tf.fill')),
};

const range: Kernel<RangeAttrs> = {
  name: 'Range',
  record: ({ graph, attributes: { start, stop, step, dtype = 'float32' } }) => {
    // What TensorFlow.js does too: a step of 1, its default, leads down where the end lies below.
    const by = stop < start && step === 1 ? -1 : step;
    const length = Math.max(0, Math.ceil((stop - start) / by));
    const data = allocate(dtype, length).map((_, at) => start + at * by);
    return graph.constant(data, [length], dtype);
  },
};

const linSpace: Kernel<LinSpaceAttrs> = {
  name: 'LinSpace',
  record: ({ graph, attributes: { start, stop, num } }) => {
    const step = (stop - start) / Math.max(1, num - 1);
    const data = Float32Array.from({ length: num }, (_, at) => start + at * step);
    return graph.constant(data, [num], 'float32');
  },
};

const diag: Kernel = {
  name: 'Diag',
  record: ({ graph, inputs: { x } }) => {
    const size = sizeOf(x.shape);
    const identity = new Uint8Array(size * size).map((_, at) => Number(at % (size + 1) === 0));
    const rows = reshape(graph, x, { shape: [1, size] });
    const zero = graph.fill(0, [], x.dtype);
    const diagonal = select(graph, graph.constant(identity, [size, size], 'bool'), rows, zero);
    return reshape(graph, diagonal, { shape: [...x.shape, ...x.shape] });
  },
};

export const creationKernels: readonly Kernel[] = [zerosLike, onesLike, fill, range, linSpace, diag];
