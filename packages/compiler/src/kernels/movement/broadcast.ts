import type { BroadCastToAttrs, TileAttrs } from '@tensorflow/tfjs-core';
import { broadcastTo, tile } from '../../operations/movement/broadcast.js';
import { reshape } from '../../operations/movement/reshape.js';
import type { Kernel } from '../kernel.js';

export const broadcastToKernel: Kernel<Pick<BroadCastToAttrs, 'shape'>> = {
  name: 'BroadcastTo',
  record: ({ graph, inputs: { x }, attributes: { shape } }) => broadcastTo(graph, x, { shape }),
};

export const tileKernel: Kernel<TileAttrs> = {
  name: 'Tile',
  record: ({ graph, inputs: { x }, attributes: { reps } }) => {
    const lead = Math.max(0, reps.length - x.shape.length);
    const from = reshape(graph, x, { shape: [...new Array<number>(lead).fill(1), ...x.shape] });
    const repeats = [...new Array<number>(from.shape.length - reps.length).fill(1), ...reps];
    const shape = from.shape.map((dimension, axis) => dimension * repeats[axis]);
    // Repeating an axis of size 1 is broadcasting, which most users can do without a copy.
    if (repeats.every((count, axis) => count === 1 || from.shape[axis] === 1))
      return broadcastTo(graph, from, { shape });
    return tile(graph, from, { repeats });
  },
};
