import { type } from '../../emitters/tensorflow-nodes.js';
import type { Value } from '../../graph/types.js';
import { elementwise, numbers } from './elementwise.js';

export const clipByValue = elementwise<Readonly<{ low: number; high: number }>, [x: Value]>('ClipByValue', {
  accepts: numbers,
  element:
    ({ low, high }) =>
    (x) =>
      Math.min(Math.max(x, low), high),
  onnx: {
    emit: (onnx, { attributes: { low, high }, dtype }, [x]) =>
      onnx.node('Clip', [x, onnx.scalar(low, dtype), onnx.scalar(high, dtype)]),
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { low, high }, dtype }, [x]) => {
      const bounds = [low, high].map((bound) => tensorflow.scalar(bound, dtype));
      return tensorflow.node('ClipByValue', [x, ...bounds], { T: type(dtype) });
    },
  },
});
