import { OptionError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';

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

/** The kernel pairs matrices by position modulo the smaller count: [2, 1] with [1, 3] gives three products of six. */
const broadcastOuterDimensions: Correction = ({ a, b }, attributes, run) => {
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [countA, countB] = [outerA, outerB].map((shape) => tf.util.sizeFromShape(shape));
  if (tf.util.arraysEqual(outerA, outerB) || countA === 1 || countB === 1) return undefined;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  const repeat = (matrices: tf.Tensor) => tf.broadcastTo(matrices, [...outer, ...matrices.shape.slice(-2)]);
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

/** The kernel drops axes from the result before it reads what they say, and then reads with the steps of others. */
const dropAxesLast: Correction = ({ x }, attributes, run) => {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
    attributes as unknown as tf.StridedSliceAttrs;
  if (shrinkAxisMask === 0) return undefined;
  const dense = tf.slice_util.sliceInfo(
    x.shape,
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  if (dense.isIdentity || dense.sliceDim0 || dense.isSimpleSlice) return undefined;
  const taken = run(
    { x },
    {
      begin: dense.begin,
      end: dense.end,
      strides: dense.strides,
      beginMask: 0,
      // One before the first entry is -1, which would be counted from the end.
      endMask: dense.end.reduce((mask, stop, axis) => (stop < 0 ? mask | (1 << axis) : mask), 0),
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
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

/** Kernels whose stock CPU implementation is wrong for some calls. What cannot be put right is refused. */
export const kernelCorrections: ReadonlyMap<string, Correction> = new Map([
  [tf.BatchMatMul, broadcastOuterDimensions],
  [tf.Cumsum, countAxisFromFront],
  [tf.Cumprod, countAxisFromFront],
  [tf.Einsum, sumOwnLettersFirst],
  [tf.StridedSlice, dropAxesLast],
  [tf.TensorScatterUpdate, writeIntoCopy],
  [tf.DepthwiseConv2dNative, requireChannelsLast],
]);
