import type { ClipByValueAttrs } from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import type { Kernel } from '../kernel.js';
import { elementwise, numbers } from './elementwise.js';

export const clipByValue: Kernel = elementwise('ClipByValue', {
  operands: ['x'],
  accepts: numbers,
  attributes: (attributes) => {
    const { clipValueMin, clipValueMax } = attributes as ClipByValueAttrs;
    return { low: clipValueMin, high: clipValueMax };
  },
  element:
    ({ low, high }) =>
    (x) =>
      Math.min(Math.max(x, low as number), high as number),
  onnx: {
    emit: (onnx, { attributes, dtype }, [x]) =>
      onnx.node('Clip', [
        x,
        onnx.scalar(attributes.low as number, dtype),
        onnx.scalar(attributes.high as number, dtype),
      ]),
  },
  tensorflow: {
    emit: (tensorflow, { attributes, dtype }, [x]) => {
      const [low, high] = [attributes.low, attributes.high].map((bound) =>
        tensorflow.scalar(bound as number, dtype),
      );
      return tensorflow.node('ClipByValue', [x, low, high], { T: type(dtype) });
    },
  },
});
