import type { ExpandDimsAttrs, ReshapeAttrs } from '@tensorflow/tfjs-core';
import { type } from '../../emitters/tensorflow-nodes.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { normalizeAxes, sizeOf } from '../../graph/shape.js';
import type { Shape, Value } from '../../graph/types.js';
import type { Kernel } from '../kernel.js';

/** A copy is the value itself. */
export const identity: Kernel = { name: 'Identity', record: ({ inputs: { x } }) => x };

export const reshape: Kernel = {
  name: 'Reshape',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { shape } = attributes as ReshapeAttrs;
    const known = shape.reduce((size, dimension) => (dimension === -1 ? size : size * dimension), 1);
    return graph.reshape(
      x,
      shape.map((dimension) => (dimension === -1 ? sizeOf(x.shape) / known : dimension)),
    );
  },
  operation: {
    traits: { movement: true },
    infer: ([x], { shape }) => {
      if (sizeOf(shape as Shape) !== sizeOf(x.shape))
        throw new Error(`[${x.shape}] cannot be reshaped to [${shape}]`);
      return { shape: shape as Shape, dtype: x.dtype };
    },
    evaluate: (_value, [data]) => data,
    onnx: {
      emit: (onnx, { attributes }, [x]) =>
        onnx.node('Reshape', [x, onnx.integers(attributes.shape as number[])], { allowzero: 1 }),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) =>
        tensorflow.node('Reshape', [x, tensorflow.integers(attributes.shape as number[])], {
          T: type(dtype),
        }),
    },
  },
};

/** Puts an axis of size 1 at `axis`. */
export function withAxis(graph: GraphBuilder, value: Value, axis: number): Value {
  return graph.reshape(value, [...value.shape.slice(0, axis), 1, ...value.shape.slice(axis)]);
}

export const expandDims: Kernel = {
  name: 'ExpandDims',
  record: ({ graph, inputs: { input }, attributes }) => {
    const [axis] = normalizeAxes((attributes as ExpandDimsAttrs).dim, input.shape.length + 1);
    return withAxis(graph, input, axis);
  },
};
