import {
  backend_util,
  type BatchToSpaceNDAttrs,
  type DepthToSpaceAttrs,
  type SpaceToBatchNDAttrs,
} from '@tensorflow/tfjs-core';
import { pad } from '../../operations/movement/padding.js';
import { reshape } from '../../operations/movement/reshape.js';
import { slice } from '../../operations/movement/slice.js';
import { transpose } from '../../operations/movement/transpose.js';
import type { Kernel } from '../kernel.js';

export const batchToSpace: Kernel<BatchToSpaceNDAttrs> = {
  name: 'BatchToSpaceND',
  record: ({ graph, inputs: { x }, attributes: { blockShape, crops } }) => {
    const product = blockShape.reduce((a, b) => a * b, 1);
    const split = reshape(graph, x, { shape: backend_util.getReshaped([...x.shape], blockShape, product) });
    const mixed = transpose(graph, split, {
      perm: backend_util.getPermuted(split.shape.length, blockShape.length),
    });
    const spread = reshape(graph, mixed, {
      shape: backend_util.getReshapedPermuted([...x.shape], blockShape, product),
    });
    const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
    const size = backend_util.getSliceSize([...spread.shape], crops, blockShape.length);
    return slice(graph, spread, {
      begin: spread.shape.map((_, axis) => begin[axis] ?? 0),
      size: spread.shape.map((dimension, axis) => size[axis] ?? dimension),
    });
  },
};

export const spaceToBatch: Kernel<SpaceToBatchNDAttrs> = {
  name: 'SpaceToBatchND',
  record: ({ graph, inputs: { x }, attributes: { blockShape, paddings } }) => {
    const product = blockShape.reduce((a, b) => a * b, 1);
    const all = [[0, 0], ...paddings, ...x.shape.slice(1 + blockShape.length).map(() => [0, 0])];
    const padded = pad(graph, x, { paddings: all, value: 0 });
    const split = reshape(graph, padded, {
      shape: backend_util.getReshaped([...padded.shape], blockShape, product, false),
    });
    const mixed = transpose(graph, split, {
      perm: backend_util.getPermuted(split.shape.length, blockShape.length, false),
    });
    return reshape(graph, mixed, {
      shape: backend_util.getReshapedPermuted([...padded.shape], blockShape, product, false),
    });
  },
};

export const depthToSpace: Kernel<DepthToSpaceAttrs> = {
  name: 'DepthToSpace',
  record: ({ graph, inputs: { x }, attributes: { blockSize: block, dataFormat } }) => {
    if (dataFormat !== 'NHWC') throw new Error(`depthToSpace needs data format NHWC, got ${dataFormat}`);
    const [batch, height, width, channels] = x.shape;
    const depth = channels / (block * block);
    const split = reshape(graph, x, { shape: [batch, height, width, block, block, depth] });
    const mixed = transpose(graph, split, { perm: [0, 1, 3, 2, 4, 5] });
    return reshape(graph, mixed, { shape: [batch, height * block, width * block, depth] });
  },
};
