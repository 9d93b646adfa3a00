import { sizeOf } from '../graph/shape.js';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from '../operations/pooling.js';
import type { Kernel } from './kernel.js';
import { poolingWindows, seenBy, type PoolingAttrs } from './window.js';

const pooling = (name: 'AvgPool' | 'MaxPool', operation: typeof averagePool): Kernel<PoolingAttrs> => ({
  name,
  record: ({ graph, inputs: { x }, attributes }) => {
    const { windows, cut } = seenBy(poolingWindows(x.shape, attributes), x.shape);
    // What TensorFlow.js does too: windows of one pixel change nothing.
    if (sizeOf(windows.window) === 1 && sizeOf(windows.strides) === 1) return cut(graph, x);
    return operation(graph, cut(graph, x), windows);
  },
});

const poolingGradient = (
  name: 'AvgPoolGrad' | 'MaxPoolGrad',
  operation: typeof averagePoolGradient,
): Kernel<PoolingAttrs> => ({
  name,
  record: ({ graph, inputs: { dy, input }, attributes }) => {
    const { windows, cut, layBack } = seenBy(poolingWindows(input.shape, attributes), input.shape);
    return layBack(graph, operation(graph, dy, cut(graph, input), windows));
  },
});

export const poolingKernels: readonly Kernel[] = [
  pooling('AvgPool', averagePool),
  pooling('MaxPool', maxPool),
  poolingGradient('AvgPoolGrad', averagePoolGradient),
  poolingGradient('MaxPoolGrad', maxPoolGradient),
];
