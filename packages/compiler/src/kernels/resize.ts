import type { ResizeBilinearAttrs } from '@tensorflow/tfjs-core';
import {
  resizeBilinear,
  resizeBilinearGradient,
  resizeNearest,
  resizeNearestGradient,
} from '../operations/resize.js';
import type { Kernel } from './kernel.js';

const resize = (operation: typeof resizeBilinear): Kernel<ResizeBilinearAttrs> => ({
  name: operation.name,
  record: ({ graph, inputs: { images }, attributes: { alignCorners, halfPixelCenters, size } }) =>
    operation(graph, images, { alignCorners, halfPixelCenters, size }),
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
