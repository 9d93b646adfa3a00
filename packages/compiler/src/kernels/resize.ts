import type { ResizeBilinearAttrs } from '@tensorflow/tfjs-core';
import { castTo } from '../operations/elementwise/cast.js';
import {
  resizeBilinear,
  resizeBilinearGradient,
  resizeNearest,
  resizeNearestGradient,
} from '../operations/resize.js';
import type { Kernel } from './kernel.js';

const resize = (operation: typeof resizeBilinear): Kernel<ResizeBilinearAttrs> => ({
  name: operation.name,
  record: ({ graph, inputs: { images }, attributes }) => {
    const resized = operation(graph, castTo(graph, images, 'float32'), attributes);
    // Pixels that are only moved keep their type.
    return operation === resizeNearest ? castTo(graph, resized, images.dtype) : resized;
  },
});

/** TensorFlow.js' own kernels leave out half-pixel centers here. */
const resizeGradient = (operation: typeof resizeBilinearGradient): Kernel<ResizeBilinearAttrs> => ({
  name: operation.name,
  record: ({ graph, inputs: { images, dy }, attributes: { alignCorners } }) =>
    operation(graph, dy, images, { alignCorners, halfPixelCenters: false }),
});

export const resizeKernels: readonly Kernel[] = [
  ...[resizeNearest, resizeBilinear].map(resize),
  ...[resizeNearestGradient, resizeBilinearGradient].map(resizeGradient),
];
