import type { ResizeBilinearAttrs } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import type { Attributes, Value } from '../graph/types.js';
import { type } from '../emitters/tensorflow-nodes.js';
import type { Kernel } from './kernel.js';

/** How one axis of an image is resized. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Weights [to, from] with which each new pixel of an axis reads the old ones. */
type Weights = (axis: Axis) => Float32Array;

const scaleOf = ({ from, to, alignCorners }: Axis) =>
  alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;

const nearest: Weights = (axis) => {
  const weights = new Float32Array(axis.to * axis.from);
  for (let at = 0; at < axis.to; at++) {
    const position = scaleOf(axis) * (axis.halfPixelCenters ? at + 0.5 : at);
    const source = Math.min(axis.from - 1, axis.alignCorners ? Math.round(position) : Math.floor(position));
    weights[at * axis.from + source] = 1;
  }
  return weights;
};

const bilinear: Weights = (axis) => {
  const weights = new Float32Array(axis.to * axis.from);
  for (let at = 0; at < axis.to; at++) {
    const position = axis.halfPixelCenters ? scaleOf(axis) * (at + 0.5) - 0.5 : scaleOf(axis) * at;
    const lower = Math.max(0, Math.floor(position));
    const upper = Math.min(axis.from - 1, Math.ceil(position));
    // At a border both are the same pixel.
    weights[at * axis.from + lower] += 1 - (position - lower);
    weights[at * axis.from + upper] += position - lower;
  }
  return weights;
};

function axisOf(from: number, to: number, { alignCorners, halfPixelCenters }: Attributes): Axis {
  return { from, to, alignCorners: alignCorners as boolean, halfPixelCenters: halfPixelCenters as boolean };
}

/** Applies a matrix to the rows and one to the columns of images [batch, height, width, channels]. */
function separable(
  graph: GraphBuilder,
  images: Value,
  rows: Value,
  columns: Value,
  transposeA: boolean,
): Value {
  const [batch, height, width, channels] = images.shape;
  const [newHeight, newWidth] = [rows, columns].map(({ shape }) => shape[transposeA ? 1 : 0]);
  const attributes = { transposeA, transposeB: false };
  const flat = graph.reshape(images, [batch, height, width * channels]);
  const tall = graph.apply('BatchMatMul', [rows, flat], attributes); // [batch, new height, width * channels]
  const lines = graph.reshape(tall, [batch * newHeight, width, channels]);
  const wide = graph.apply('BatchMatMul', [columns, lines], attributes); // [batch * new height, new width, channels]
  return graph.reshape(wide, [batch, newHeight, newWidth, channels]);
}

function matrices(
  graph: GraphBuilder,
  weights: Weights,
  small: Value['shape'],
  size: readonly number[],
  attributes: Attributes,
) {
  return [0, 1].map((axis) => {
    const { from, to, ...options } = axisOf(small[1 + axis], size[axis], attributes);
    return graph.constant(weights({ from, to, ...options }), [to, from], 'float32');
  });
}

/** Factors by which an image grows where each pixel simply becomes a block, or undefined. */
function wholeFactors(
  name: string,
  from: readonly number[],
  to: readonly number[],
  { alignCorners }: Attributes,
) {
  const factors = [to[0] / from[1], to[1] / from[2]];
  const whole = name === 'ResizeNearestNeighbor' && !alignCorners && factors.every(Number.isInteger);
  return whole ? factors : undefined;
}

/** Where the new pixels lie, in TensorFlow's attributes. */
const pixelRule = ({ alignCorners, halfPixelCenters }: Attributes) => ({
  align_corners: alignCorners as boolean,
  half_pixel_centers: halfPixelCenters as boolean,
});

function resize(name: 'ResizeNearestNeighbor' | 'ResizeBilinear', weights: Weights): Kernel {
  return {
    name,
    record: ({ graph, inputs: { images }, attributes }) => {
      const { alignCorners, halfPixelCenters, size } = attributes as ResizeBilinearAttrs;
      return graph.apply(name, [images], { alignCorners, halfPixelCenters, size });
    },
    operation: {
      infer: ([images], { size }) => ({
        shape: [images.shape[0], ...(size as number[]), images.shape[3]],
        dtype: 'float32',
      }),
      onnx: {
        expand: (graph, { inputs: [images], attributes, shape }) => {
          const size = attributes.size as number[];
          const factors = wholeFactors(name, images.shape, size, attributes);
          if (factors) {
            const [batch, height, width, channels] = images.shape;
            const apart = graph.reshape(images, [batch, height, 1, width, 1, channels]);
            const blocks = [batch, height, factors[0], width, factors[1], channels];
            return graph.reshape(graph.apply('BroadcastTo', [apart], { shape: blocks }), shape);
          }
          const [rows, columns] = matrices(graph, weights, images.shape, size, attributes);
          return separable(graph, images, rows, columns, false);
        },
      },
      tensorflow: {
        emit: (tensorflow, { attributes }, [x]) =>
          tensorflow.node(name, [x, tensorflow.integers(attributes.size as number[])], {
            T: type('float32'),
            ...pixelRule(attributes),
          }),
      },
    },
  };
}

/** The gradient: the same matrices, transposed. TensorFlow.js' own kernels leave out half-pixel centers here. */
function resizeGrad(name: 'ResizeNearestNeighbor' | 'ResizeBilinear', weights: Weights): Kernel {
  return {
    name: `${name}Grad`,
    record: ({ graph, inputs: { images, dy }, attributes }) => {
      const { alignCorners } = attributes as ResizeBilinearAttrs;
      return graph.apply(`${name}Grad`, [dy, images], { alignCorners, halfPixelCenters: false });
    },
    operation: {
      infer: ([, images]) => ({ shape: images.shape, dtype: 'float32' }),
      onnx: {
        expand: (graph, { inputs: [dy, images], attributes }) => {
          const size = dy.shape.slice(1, 3);
          const factors = wholeFactors(name, images.shape, size, attributes);
          if (factors) {
            const [batch, height, width, channels] = images.shape;
            const blocks = graph.reshape(dy, [batch, height, factors[0], width, factors[1], channels]);
            return graph.apply('Sum', [blocks], { axes: [2, 4], keepDims: false });
          }
          const [rows, columns] = matrices(graph, weights, images.shape, size, attributes);
          return separable(graph, dy, rows, columns, true);
        },
      },
      tensorflow: {
        emit: (tensorflow, { attributes, inputs: [, { shape }] }, [dy, images]) => {
          // One kernel wants the images, the other only their size.
          const size = name === 'ResizeBilinear' ? images : tensorflow.integers(shape.slice(1, 3));
          return tensorflow.node(`${name}Grad`, [dy, size], {
            T: type('float32'),
            ...pixelRule(attributes),
          });
        },
      },
    },
  };
}

export const resizeKernels: readonly Kernel[] = [
  resize('ResizeNearestNeighbor', nearest),
  resizeGrad('ResizeNearestNeighbor', nearest),
  resize('ResizeBilinear', bilinear),
  resizeGrad('ResizeBilinear', bilinear),
];
