import type { Kernel } from '../kernel.js';
import { batchToSpace, depthToSpace, spaceToBatch } from './blocks.js';
import { broadcastTo, tile } from './broadcast.js';
import { concat, pack } from './concat.js';
import { mirrorPad, padV2 } from './padding.js';
import { identity, reshape, expandDims } from './reshape.js';
import { slice, splitV, unpack } from './slice.js';
import { flipLeftRight, reverse, stridedSlice } from './strided-slice.js';
import { transpose } from './transpose.js';

export const movementKernels: readonly Kernel[] = [
  identity,
  reshape,
  expandDims,
  transpose,
  broadcastTo,
  tile,
  concat,
  pack,
  unpack,
  splitV,
  slice,
  stridedSlice,
  reverse,
  flipLeftRight,
  padV2,
  mirrorPad,
  batchToSpace,
  spaceToBatch,
  depthToSpace,
];
