import type { Kernel } from '../kernel.js';
import { batchToSpace, depthToSpace, spaceToBatch } from './blocks.js';
import { broadcastToKernel, tileKernel } from './broadcast.js';
import { concatKernel, pack } from './concat.js';
import { mirrorPadKernel, padV2 } from './padding.js';
import { expandDims, identity, reshapeKernel, transposeKernel } from './reshape.js';
import { flipLeftRight, reverse, sliceKernel, splitV, stridedSliceKernel, unpack } from './slice.js';

export const movementKernels: readonly Kernel[] = [
  identity,
  reshapeKernel,
  expandDims,
  transposeKernel,
  broadcastToKernel,
  tileKernel,
  concatKernel,
  pack,
  unpack,
  splitV,
  sliceKernel,
  stridedSliceKernel,
  reverse,
  flipLeftRight,
  padV2,
  mirrorPadKernel,
  batchToSpace,
  spaceToBatch,
  depthToSpace,
];
