import {
  backend_util,
  type BatchToSpaceNDAttrs,
  type DepthToSpaceAttrs,
  type SpaceToBatchNDAttrs,
} from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel.js';

export const batchToSpace: Kernel = {
  name: 'BatchToSpaceND',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { blockShape, crops } = attributes as BatchToSpaceNDAttrs;
    const product = blockShape.reduce((a, b) => a * b, 1);
    const split = graph.reshape(x, backend_util.getReshaped([...x.shape], blockShape, product));
    const mixed = graph.transpose(split, backend_util.getPermuted(split.shape.length, blockShape.length));
    const spread = graph.reshape(mixed, backend_util.getReshapedPermuted([...x.shape], blockShape, product));
    const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
    const size = backend_util.getSliceSize([...spread.shape], crops, blockShape.length);
    return graph.apply('Slice', [spread], {
      begin: spread.shape.map((_, axis) => begin[axis] ?? 0),
      size: spread.shape.map((dimension, axis) => size[axis] ?? dimension),
    });
  },
};

export const spaceToBatch: Kernel = {
  name: 'SpaceToBatchND',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { blockShape, paddings } = attributes as SpaceToBatchNDAttrs;
    const product = blockShape.reduce((a, b) => a * b, 1);
    const all = [[0, 0], ...paddings, ...x.shape.slice(1 + blockShape.length).map(() => [0, 0])];
    const padded = graph.apply('PadV2', [x], { paddings: all, value: 0 });
    const split = graph.reshape(
      padded,
      backend_util.getReshaped([...padded.shape], blockShape, product, false),
    );
    const mixed = graph.transpose(
      split,
      backend_util.getPermuted(split.shape.length, blockShape.length, false),
    );
    return graph.reshape(
      mixed,
      backend_util.getReshapedPermuted([...padded.shape], blockShape, product, false),
    );
  },
};

export const depthToSpace: Kernel = {
  name: 'DepthToSpace',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { blockSize: block, dataFormat } = attributes as DepthToSpaceAttrs;
    if (dataFormat !== 'NHWC') throw new Error(`depthToSpace needs data format NHWC, got ${dataFormat}`);
    const [batch, height, width, channels] = x.shape;
    const depth = channels / (block * block);
    const split = graph.reshape(x, [batch, height, width, block, block, depth]);
    const mixed = graph.transpose(split, [0, 1, 3, 2, 4, 5]);
    return graph.reshape(mixed, [batch, height * block, width * block, depth]);
  },
};
