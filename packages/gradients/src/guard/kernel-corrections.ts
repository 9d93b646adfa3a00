import { OptionError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { dilate, dilatedShape, dilationsOf, undilate } from '../convolution/dilation.js';
import { stridedSliceInfo } from '../indexing/strided-slice.js';
import { coverExactly, fromSpan, fullOverInsideCount, poolingWindows, toSpan } from '../pooling/windows.js';

/** The operands of a call: by name, or by position for kernels that take a list. */
type Inputs = Readonly<Record<string, tf.Tensor>>;

/**
 * One call of a kernel, made in such a way that it is right; undefined where it is so as it stands.
 *
 * @param run runs the kernel itself
 */
type Correction = (
  inputs: Inputs,
  attributes: tf.NamedAttrMap,
  run: (inputs: Inputs | tf.Tensor[], attributes: tf.NamedAttrMap) => tf.Tensor,
) => tf.Tensor | undefined;

/**
 * The kernel pairs matrices by position modulo the smaller count: [2, 1] with [1, 3] gives three products of six, and one
 * matrix with none gives one of none.
 */
const broadcastOuterDimensions: Correction = ({ a, b }, attributes, run) => {
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [countA, countB] = [outerA, outerB].map((shape) => tf.util.sizeFromShape(shape));
  if (tf.util.arraysEqual(outerA, outerB)) return undefined;
  if (Math.min(countA, countB) === 1) return undefined;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  // broadcastTo refuses extents of 0.
  const repeat = (matrices: tf.Tensor) => {
    const lead = Array<number>(outer.length + 2 - matrices.rank).fill(1);
    const own = [...lead, ...matrices.shape];
    const times = [...outer.map((extent, axis) => (own[axis] === 1 ? extent : 1)), 1, 1];
    return tf.tile(tf.reshape(matrices, own), times);
  };
  return run({ a: repeat(a), b: repeat(b) }, attributes);
};

/** The kernel makes nothing of a negative axis. */
const countAxisFromFront: Correction = ({ x }, attributes, run) => {
  const axis = attributes['axis'] as number;
  return axis < 0 ? run({ x }, { ...attributes, axis: axis + x.rank }) : undefined;
};

/**
 * The kernel leaves out letters that only one of two operands has and the result has not, and gives a single
 * operand that is left as it is to two owners. Here these letters are summed before the kernel sees them.
 */
const sumOwnLettersFirst: Correction = (inputs, attributes, run) => {
  const [operands, result] = (attributes['equation'] as string).replace(/\s/g, '').split('->');
  if (result === undefined) return undefined; // the kernel says what is wrong with the equation
  const terms = operands.split(',');
  const tensors = Object.values(inputs);
  const kept = terms.map((letters, at) =>
    [...letters]
      .filter((letter) => `${result}${terms.filter((_, other) => other !== at).join('')}`.includes(letter))
      .join(''),
  );
  const summed = tensors.map((tensor, at) => {
    const axes = [...terms[at]].flatMap((letter, axis) => (kept[at].includes(letter) ? [] : [axis]));
    return axes.length > 0 ? tf.sum(tensor, axes) : tensor;
  });
  if (terms.length === 1) {
    return tf.transpose(
      summed[0],
      [...result].map((letter) => kept[0].indexOf(letter)),
    );
  }
  if (kept.every((letters, at) => letters === terms[at])) return undefined;
  return run(summed, { equation: `${kept.join(',')}->${result}` });
};

const noMasks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };

/**
 * The kernel drops axes from the result before it reads what they say, and then reads with the steps of others; and
 * counts the entries between a begin and an earlier end as fewer than none.
 */
const dropAxesLast: Correction = ({ x }, attributes, run) => {
  const dense = stridedSliceInfo(x.shape, attributes);
  if (dense.isIdentity) return undefined;
  if (dense.finalShape.includes(0)) {
    const none = x.shape.map(() => 0);
    const nothing = run({ x }, { begin: none, end: none, strides: none.map(() => 1), ...noMasks });
    return tf.reshape(nothing, dense.finalShape);
  }
  if (attributes['shrinkAxisMask'] === 0 || dense.sliceDim0 || dense.isSimpleSlice) return undefined;
  const taken = run(
    { x },
    {
      begin: dense.begin,
      end: dense.end,
      strides: dense.strides,
      ...noMasks,
      // One before the first entry is -1, which would be counted from the end.
      endMask: dense.end.reduce((mask, stop, axis) => (stop < 0 ? mask | (1 << axis) : mask), 0),
    },
  );
  return tf.reshape(taken, dense.finalShape);
};

/** The kernel writes into its first operand. */
const writeIntoCopy: Correction = (inputs, attributes, run) => {
  const { tensor } = inputs as { tensor: tf.Tensor };
  return run({ ...inputs, tensor: tf.add(tensor, tf.zerosLike(tensor)) }, attributes);
};

/** The kernel takes every image for channels-last. */
const requireChannelsLast: Correction = (_inputs, attributes) => {
  const format = attributes['dataFormat'] as string | undefined;
  if (format === undefined || format === 'NHWC') return undefined;
  throw new OptionError(
    `depthwiseConv2d needs the data format NHWC, got ${format}, which TensorFlow.js computes as if it were NHWC; ` +
      'transpose the images first',
    'dataFormat',
    format,
  );
};

/** Where padding is one number, the size of the result is computed as if the window's height and steps were its width's, too. */
const padEachSide: Correction = (inputs, attributes, run) => {
  const padded = withPaddingOfEachSide(attributes);
  return padded === attributes ? undefined : run(inputs, padded);
};

function withPaddingOfEachSide(attributes: tf.NamedAttrMap): tf.NamedAttrMap {
  const { pad, dataFormat } = attributes;
  if (typeof pad !== 'number') return attributes;
  const [none, both] = [
    [0, 0],
    [pad, pad],
  ];
  return { ...attributes, pad: dataFormat === 'NCHW' ? [none, none, both, both] : [none, both, both, none] };
}

const padChannelsLast: Correction = (inputs, attributes, run) =>
  requireChannelsLast(inputs, attributes, run) ?? padEachSide(inputs, attributes, run);

/** The kernel passes the dilation by. */
const dilateFilterFirst: Correction = (inputs, attributes, run) => {
  const dilations = dilationsOf(attributes);
  const undilated = { ...withPaddingOfEachSide(attributes), dilations: [1, 1] };
  const { dy, filter } = inputs;
  return run({ dy, filter: dilate(filter, dilations) }, undilated);
};

const dilateFilterShape: Correction = (inputs, attributes, run) => {
  const dilations = dilationsOf(attributes);
  const undilated = { ...withPaddingOfEachSide(attributes), dilations: [1, 1] };
  const filterShape = dilatedShape(attributes['filterShape'] as number[], dilations);
  return undilate(run(inputs, { ...undilated, filterShape }), dilations);
};

/** The kernel divides by the full window at a padded border, too. */
const shareInsideImage: Correction = ({ dy, input }, attributes, run) => {
  const padded = withPaddingOfEachSide(attributes);
  const windows = poolingWindows(tf.AvgPoolGrad, input.shape, padded);
  if (coverExactly(windows)) return undefined;
  const share = tf.mul(dy, fullOverInsideCount(windows));
  const { filterSize, strides } = padded;
  const spread = run({ dy: share, input: toSpan(input, windows, 0) }, { filterSize, strides, pad: 'valid' });
  return fromSpan(spread, input.shape, windows);
};

/** The kernel gives height and width of its result the wrong way round. */
const shapeAsImages: Correction = (inputs, attributes, run) =>
  tf.reshape(run(inputs, attributes), inputs['images'].shape);

/**
 * The kernel looks for the gradient of an image where that image lies among the others, which are of another size; and
 * with aligned corners it never ends where an image of one row or column was made larger. Every entry comes from the
 * one row then, so that the gradient is that of their sum.
 */
const oneImageAtATime: Correction = ({ images, dy }, attributes, run) => {
  const [batch, ...size] = images.shape;
  const single = [1, 2].filter((axis) => size[axis - 1] === 1 && dy.shape[axis] > 1);
  const summed = attributes['alignCorners'] === true && single.length > 0 ? tf.sum(dy, single, true) : dy;
  if (batch === 1) return summed === dy ? undefined : run({ images, dy: summed }, attributes);
  const gradients = tf.split(summed, batch);
  const each = tf.split(images, batch);
  return tf.concat(each.map((image, at) => run({ images: image, dy: gradients[at] }, attributes)));
};

/** The kernel gives false for all of nothing. */
const allOfNothing: Correction = ({ x }, attributes) => {
  if (x.size > 0) return undefined;
  const { axis, keepDims } = attributes as unknown as tf.AllAttrs & { keepDims?: boolean };
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const [shape] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
  return tf.ones(keepDims === true ? tf.backend_util.expandShapeToKeepDim(shape, axes) : shape, 'bool');
};

/** The kernel gives int32 for float32, so that infinities and what int32 does not hold are lost. */
const keepFloats: Correction = ({ a, b }) =>
  a.dtype === 'float32' || b.dtype === 'float32' ? tf.floor(tf.div(a, b)) : undefined;

/** The kernel chooses between rows by the entries of the first ones. */
const chooseEntries: Correction = ({ condition, t, e }, attributes, run) => {
  if (condition.rank !== 1 || t.rank <= 1) return undefined;
  const column = tf.reshape(condition, [condition.size, ...t.shape.slice(1).fill(1)]);
  return run({ condition: tf.broadcastTo(column, t.shape), t, e }, attributes);
};

interface KernelCorrection {
  readonly kernels: readonly string[];
  /** What the stock kernel does. */
  readonly fault: string;
  readonly correction: Correction;
}

/** Kernels whose stock CPU implementation is wrong for some calls. What cannot be put right is refused. */
export const corrections: readonly KernelCorrection[] = [
  {
    kernels: [tf.BatchMatMul],
    fault: 'pairs matrices by position where outer dimensions broadcast against each other',
    correction: broadcastOuterDimensions,
  },
  {
    kernels: [tf.Cumsum, tf.Cumprod],
    fault: 'give no data along a negative axis',
    correction: countAxisFromFront,
  },
  {
    kernels: [tf.Einsum],
    fault: 'leaves out letters that one operand has alone',
    correction: sumOwnLettersFirst,
  },
  {
    kernels: [tf.StridedSlice],
    fault: 'steps along other axes where it drops one; throws where nothing is between begin and end',
    correction: dropAxesLast,
  },
  { kernels: [tf.All], fault: 'gives false for all of nothing', correction: allOfNothing },
  { kernels: [tf.FloorDiv], fault: 'gives int32 for float32', correction: keepFloats },
  {
    kernels: [tf.Select],
    fault: 'chooses between rows by the entries of the first ones',
    correction: chooseEntries,
  },
  { kernels: [tf.TensorScatterUpdate], fault: 'writes into its operand', correction: writeIntoCopy },
  {
    kernels: [tf.DepthwiseConv2dNative, tf.FusedDepthwiseConv2D],
    fault:
      'take channels first for channels last (refused); take height and steps of a window padded by one number for its width',
    correction: padChannelsLast,
  },
  {
    kernels: [
      ...[tf.Conv2D, tf.FusedConv2D, tf.Conv2DBackpropInput, tf.Conv2DBackpropFilter],
      ...[tf.AvgPool, tf.MaxPool, tf.MaxPoolGrad],
    ],
    fault: 'take height and steps of a window padded by one number for its width',
    correction: padEachSide,
  },
  {
    kernels: [tf.AvgPoolGrad],
    fault: 'divides by the full window at a padded border',
    correction: shareInsideImage,
  },
  {
    kernels: [tf.DepthwiseConv2dNativeBackpropInput],
    fault: 'passes a dilation by',
    correction: dilateFilterFirst,
  },
  {
    kernels: [tf.DepthwiseConv2dNativeBackpropFilter],
    fault: 'passes a dilation by',
    correction: dilateFilterShape,
  },
  {
    kernels: [tf.ResizeBilinearGrad],
    fault: 'gives height and width of its result the wrong way round',
    correction: shapeAsImages,
  },
  {
    kernels: [tf.ResizeNearestNeighborGrad],
    fault:
      'takes the gradients of other images for those of the second and later ones; never ends where one row or column was made larger with aligned corners',
    correction: oneImageAtATime,
  },
];

export const kernelCorrections: ReadonlyMap<string, Correction> = new Map(
  corrections.flatMap(({ kernels, correction }) => kernels.map((kernel) => [kernel, correction] as const)),
);
