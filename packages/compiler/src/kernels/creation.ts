import type { FillAttrs, LinSpaceAttrs, RangeAttrs } from '@tensorflow/tfjs-core';
import { sizeOf } from '../graph/shape.js';
import { multiply } from '../operations/elementwise/arithmetic.js';
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
  record: ({ graph, attributes: { start, stop, step, dtype } }) => {
    const length = Math.max(0, Math.ceil((stop - start) / step));
    const numbers = Array.from({ length }, (_, at) => start + at * step);
    const data = dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers);
    return graph.constant(data, [length], dtype ?? 'float32');
  },
};

const linSpace: Kernel<LinSpaceAttrs> = {
  name: 'LinSpace',
  record: ({ graph, attributes: { start, stop, num } }) => {
    const step = (stop - start) / (num - 1);
    const data = Float32Array.from({ length: num }, (_, at) => (at === 0 ? start : start + at * step));
    return graph.constant(data, [num], 'float32');
  },
};

const diag: Kernel = {
  name: 'Diag',
  record: ({ graph, inputs: { x } }) => {
    const size = sizeOf(x.shape);
    const identity = new Float32Array(size * size).map((_, at) => Number(at % (size + 1) === 0));
    const rows = reshape(graph, x, { shape: [1, size] });
    const diagonal = multiply(graph, graph.constant(identity, [size, size], 'float32'), rows);
    return reshape(graph, diagonal, { shape: [...x.shape, ...x.shape] });
  },
};

export const creationKernels: readonly Kernel[] = [zerosLike, onesLike, fill, range, linSpace, diag];
