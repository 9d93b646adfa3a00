import type { MirrorPadAttrs, PadV2Attrs } from '@tensorflow/tfjs-core';
import { mirrorPad, pad } from '../../operations/movement/padding.js';
import type { Kernel } from '../kernel.js';

export const padV2: Kernel<PadV2Attrs> = {
  name: 'PadV2',
  record: ({ graph, inputs: { x }, attributes: { paddings, constantValue } }) => {
    if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
    return pad(graph, x, { paddings, value: constantValue });
  },
};

export const mirrorPadKernel: Kernel<MirrorPadAttrs> = {
  name: 'MirrorPad',
  record: ({ graph, inputs: { x }, attributes: { paddings, mode } }) =>
    mirrorPad(graph, x, { paddings, mode }),
};
