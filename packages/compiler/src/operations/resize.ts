import { ofFloat32 } from '../emitters/tensorflow-nodes.js';
import type { GraphBuilder } from '../graph/builder.js';
import type { Shape, Value } from '../graph/types.js';
import { defineOperation } from './definition.js';
import { asTheyAre, matMul } from './matmul.js';
import { repeatPixels } from './movement/repeat-pixels.js';
import { reshape } from './movement/reshape.js';
import { sum } from './reduction.js';

/** Where the new pixels lie. */
type PixelRule = Readonly<{ alignCorners: boolean; halfPixelCenters: boolean }>;

/** How one axis of an image is resized. */
type Axis = PixelRule & Readonly<{ from: number; to: number }>;

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
  const attributes = { ...asTheyAre, transposeA };
  const flat = reshape(graph, images, { shape: [batch, height, width * channels] });
  const tall = matMul(graph, rows, flat, attributes); // [batch, new height, width * channels]
  const lines = reshape(graph, tall, { shape: [batch * newHeight, width, channels] });
  const wide = matMul(graph, columns, lines, attributes); // [batch * new height, new width, channels]
  return reshape(graph, wide, { shape: [batch, newHeight, newWidth, channels] });
}

/** The matrices for rows and columns. `small` is the shape of the images, `size` that of the resized ones. */
function matrices(graph: GraphBuilder, weights: Weights, small: Shape, size: Shape, rule: PixelRule) {
  return [0, 1].map((axis) => {
    const [from, to] = [small[1 + axis], size[axis]];
    return graph.constant(weights({ from, to, ...rule }), [to, from], 'float32');
  });
}

type Interpolation = 'ResizeNearestNeighbor' | 'ResizeBilinear';

/** Factors by which an image grows where each pixel simply becomes a block, or undefined. */
function wholeFactors(name: Interpolation, from: Shape, to: Shape, { alignCorners }: PixelRule) {
  const factors = [to[0] / from[1], to[1] / from[2]];
  const whole = name === 'ResizeNearestNeighbor' && !alignCorners && factors.every(Number.isInteger);
  return whole ? factors : undefined;
}

/** The rule in TensorFlow's attributes. */
const tensorFlowRule = ({ alignCorners, halfPixelCenters }: PixelRule) => ({
  align_corners: alignCorners,
  half_pixel_centers: halfPixelCenters,
});

const resize = (name: Interpolation, weights: Weights) =>
  defineOperation<PixelRule & Readonly<{ size: readonly number[] }>, [images: Value]>({
    name,
    infer: ([images], { size }) => ({
      shape: [images.shape[0], ...size, images.shape[3]],
      dtype: 'float32',
    }),
    onnx: {
      expand: (graph, { inputs: [images], attributes: { size, ...rule } }) => {
        const factors = wholeFactors(name, images.shape, size, rule);
        if (factors) return repeatPixels(graph, images, factors);
        const [rows, columns] = matrices(graph, weights, images.shape, size, rule);
        return separable(graph, images, rows, columns, false);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes: { size, ...rule } }, [x]) =>
        tensorflow.node(name, [x, tensorflow.integers(size)], {
          ...ofFloat32,
          ...tensorFlowRule(rule),
        }),
    },
  });

/** The gradient: the same matrices, transposed. */
const resizeGradient = (name: Interpolation, weights: Weights) =>
  defineOperation<PixelRule, [dy: Value, images: Value]>({
    name: `${name}Grad`,
    infer: ([, images]) => ({ shape: images.shape, dtype: 'float32' }),
    onnx: {
      expand: (graph, { inputs: [dy, images], attributes: rule }) => {
        const size = dy.shape.slice(1, 3);
        const factors = wholeFactors(name, images.shape, size, rule);
        if (factors) {
          const [batch, height, width, channels] = images.shape;
          const shape = [batch, height, factors[0], width, factors[1], channels];
          return sum(graph, reshape(graph, dy, { shape }), { axes: [2, 4], keepDims: false });
        }
        const [rows, columns] = matrices(graph, weights, images.shape, size, rule);
        return separable(graph, dy, rows, columns, true);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes: rule, inputs: [, { shape }] }, [dy, images]) => {
        // One kernel wants the images, the other only their size.
        const size = name === 'ResizeBilinear' ? images : tensorflow.integers(shape.slice(1, 3));
        return tensorflow.node(`${name}Grad`, [dy, size], { ...ofFloat32, ...tensorFlowRule(rule) });
      },
    },
  });

export const resizeNearest = resize('ResizeNearestNeighbor', nearest);
export const resizeNearestGradient = resizeGradient('ResizeNearestNeighbor', nearest);
export const resizeBilinear = resize('ResizeBilinear', bilinear);
export const resizeBilinearGradient = resizeGradient('ResizeBilinear', bilinear);
