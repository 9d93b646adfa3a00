import { type } from '../../emitters/tensorflow-nodes.js';
import type { Shape, Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';
import { gather } from '../indexing.js';
import { untransposed } from './transpose.js';

/** For each axis how much is added before and after. */
type Paddings = readonly (readonly number[])[];

const paddedShape = (shape: Shape, paddings: Paddings) =>
  shape.map((dimension, axis) => dimension + paddings[axis][0] + paddings[axis][1]);

export const pad = defineOperation<Readonly<{ paddings: Paddings; value: number }>, [x: Value]>({
  name: 'PadV2',
  traits: {
    beforeTranspose: ({ paddings, value }, perm) => ({ paddings: untransposed(paddings, perm), value }),
  },
  infer: ([x], { paddings }) => ({ shape: paddedShape(x.shape, paddings), dtype: x.dtype }),
  onnx: {
    emit: (onnx, { attributes: { paddings, value }, dtype }, [x]) => {
      const ends = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
      return onnx.node('Pad', [x, onnx.integers(ends), onnx.scalar(value, dtype)]);
    },
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { paddings, value }, dtype }, [x]) => {
      const sizes = tensorflow.integers(paddings.flat(), [paddings.length, 2]);
      return tensorflow.node('PadV2', [x, sizes, tensorflow.scalar(value, dtype)], { T: type(dtype) });
    },
  },
});

type Mirrored = Readonly<{ paddings: Paddings; mode: 'reflect' | 'symmetric' }>;

export const mirrorPad = defineOperation<Mirrored, [x: Value]>({
  name: 'MirrorPad',
  infer: ([x], { paddings }) => ({ shape: paddedShape(x.shape, paddings), dtype: x.dtype }),
  onnx: {
    // Which element stands where, axis by axis: ONNX has no mode that repeats the edge.
    expand: (graph, { attributes: { paddings, mode }, inputs: [x] }) => {
      const offset = mode === 'reflect' ? 0 : 1;
      return paddings.reduce((result, [before, after], axis) => {
        if (before === 0 && after === 0) return result;
        const size = result.shape[axis];
        const indices = Int32Array.from({ length: before + size + after }, (_, at) => {
          const position = at - before;
          if (position < 0) return -position - offset;
          return position < size ? position : 2 * (size - 1) - position + offset;
        });
        const list = graph.constant(indices, [indices.length], 'int32');
        return gather(graph, result, list, { axis });
      }, x);
    },
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { paddings, mode }, dtype }, [x]) => {
      const sizes = tensorflow.integers(paddings.flat(), [paddings.length, 2]);
      return tensorflow.node('MirrorPad', [x, sizes], { T: type(dtype), mode: mode.toUpperCase() });
    },
  },
});
