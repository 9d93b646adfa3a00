import type { FillAttrs, LinSpaceAttrs, RangeAttrs } from '@tensorflow/tfjs-core';
import { sizeOf } from '../graph/shape.js';
import type { DType } from '../graph/types.js';
import type { Kernel } from './kernel.js';

/** Kernels that make a tensor out of attributes alone: constants of the graph. */
export const creationKernels: readonly Kernel[] = [
  { name: 'ZerosLike', record: ({ graph, inputs: { x } }) => graph.fill(0, x.shape, x.dtype) },
  { name: 'OnesLike', record: ({ graph, inputs: { x } }) => graph.fill(1, x.shape, x.dtype) },
  {
    name: 'Fill',
    record: ({ graph, attributes }) => {
      const { shape, value, dtype } = attributes as FillAttrs;
      return graph.fill(Number(value), shape, (dtype ?? 'float32') as DType);
    },
  },
  {
    name: 'Range',
    record: ({ graph, attributes }) => {
      const { start, stop, step, dtype } = attributes as RangeAttrs;
      const length = Math.max(0, Math.ceil((stop - start) / step));
      const numbers = Array.from({ length }, (_, at) => start + at * step);
      const data = dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers);
      return graph.constant(data, [length], dtype ?? 'float32');
    },
  },
  {
    name: 'LinSpace',
    record: ({ graph, attributes }) => {
      const { start, stop, num } = attributes as LinSpaceAttrs;
      const step = (stop - start) / (num - 1);
      const data = Float32Array.from({ length: num }, (_, at) => (at === 0 ? start : start + at * step));
      return graph.constant(data, [num], 'float32');
    },
  },
  {
    name: 'Diag',
    record: ({ graph, inputs: { x } }) => {
      const size = sizeOf(x.shape);
      const identity = new Float32Array(size * size).map((_, at) => Number(at % (size + 1) === 0));
      const rows = graph.reshape(x, [1, size]);
      const diagonal = graph.apply('Multiply', [graph.constant(identity, [size, size], 'float32'), rows]);
      return graph.reshape(diagonal, [...x.shape, ...x.shape]);
    },
  },
];
