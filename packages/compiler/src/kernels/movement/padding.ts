import type { MirrorPadAttrs, PadV2Attrs } from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import type { Shape } from '../../graph/types.js';
import type { Kernel } from '../kernel.js';
import { untransposed } from './transpose.js';

export const padV2: Kernel = {
  name: 'PadV2',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { paddings, constantValue } = attributes as PadV2Attrs;
    if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
    return graph.apply('PadV2', [x], { paddings, value: constantValue });
  },
  operation: {
    traits: {
      beforeTranspose: ({ paddings, value }, perm) => ({
        paddings: untransposed(paddings as number[][], perm),
        value,
      }),
    },
    infer: ([x], { paddings }) => ({ shape: paddedShape(x.shape, paddings as number[][]), dtype: x.dtype }),
    onnx: {
      emit: (onnx, { attributes, dtype }, [x]) => {
        const paddings = attributes.paddings as number[][];
        const ends = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
        return onnx.node('Pad', [x, onnx.integers(ends), onnx.scalar(attributes.value as number, dtype)]);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) => {
        const paddings = attributes.paddings as number[][];
        const sizes = tensorflow.integers(paddings.flat(), [paddings.length, 2]);
        const value = tensorflow.scalar(attributes.value as number, dtype);
        return tensorflow.node('PadV2', [x, sizes, value], { T: type(dtype) });
      },
    },
  },
};

const paddedShape = (shape: Shape, paddings: readonly (readonly number[])[]) =>
  shape.map((dimension, axis) => dimension + paddings[axis][0] + paddings[axis][1]);

export const mirrorPad: Kernel = {
  name: 'MirrorPad',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { paddings, mode } = attributes as MirrorPadAttrs;
    return graph.apply('MirrorPad', [x], { paddings, mode });
  },
  operation: {
    infer: ([x], { paddings }) => ({ shape: paddedShape(x.shape, paddings as number[][]), dtype: x.dtype }),
    onnx: {
      // Which element stands where, axis by axis: ONNX has no mode that repeats the edge.
      expand: (graph, value) => {
        const offset = value.attributes.mode === 'reflect' ? 0 : 1;
        return (value.attributes.paddings as number[][]).reduce((result, [before, after], axis) => {
          if (before === 0 && after === 0) return result;
          const size = result.shape[axis];
          const indices = Int32Array.from({ length: before + size + after }, (_, at) => {
            const position = at - before;
            if (position < 0) return -position - offset;
            return position < size ? position : 2 * (size - 1) - position + offset;
          });
          const list = graph.constant(indices, [indices.length], 'int32');
          return graph.apply('GatherV2', [result, list], { axis });
        }, value.inputs[0]);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) => {
        const paddings = attributes.paddings as number[][];
        const sizes = tensorflow.integers(paddings.flat(), [paddings.length, 2]);
        const mode = (attributes.mode as string).toUpperCase();
        return tensorflow.node('MirrorPad', [x, sizes], { T: type(dtype), mode });
      },
    },
  },
};
