import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';
import { insertZeros } from './insert-zeros.js';
import { stridedSliceInfo } from './strided-slice.js';

/** Zeros around what was cut out. */
export const sliceGradient: GradientDefinition = {
  kernelName: tf.Slice,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => {
    const [begin, size] = tf.slice_util.parseSliceParams(
      x,
      attributes['begin'] as number[],
      attributes['size'] as number[],
    );
    return { x: () => placeAt(dy as tf.Tensor, begin, size, x.shape) };
  },
};

/** Zeros around and between what was taken, in the order in which it was taken. Stock has none. */
export const stridedSliceGradient: GradientDefinition = {
  kernelName: tf.StridedSlice,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => {
    const info = stridedSliceInfo(x.shape, attributes);
    const taken = tf.slice_util.computeOutShape(info.begin, info.end, info.strides);
    return {
      x: () => {
        if (taken.includes(0)) return tf.zeros(x.shape);
        const backwards = info.strides.flatMap((stride, axis) => (stride < 0 ? [axis] : []));
        const shaped = tf.reshape(dy as tf.Tensor, taken);
        const forwards = backwards.length > 0 ? tf.reverse(shaped, backwards) : shaped;
        const spread = info.strides.reduce(
          (result, stride, axis) => insertZeros(result, axis, Math.abs(stride)),
          forwards,
        );
        // Where a stride is negative, the last entry taken is the first one in x.
        const first = info.begin.map((from, axis) => {
          const stride = info.strides[axis];
          return stride < 0 ? from + (taken[axis] - 1) * stride : from;
        });
        return placeAt(spread, first, spread.shape, x.shape);
      },
    };
  },
};

/** What was padded is cut off. */
export const padGradient: GradientDefinition = {
  kernelName: tf.PadV2,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => {
    const begin = (attributes['paddings'] as unknown as [number, number][]).map(([before]) => before);
    return { x: () => tf.slice(dy as tf.Tensor, begin, x.shape) };
  },
};

function placeAt(
  part: tf.Tensor,
  begin: readonly number[],
  size: readonly number[],
  shape: readonly number[],
): tf.Tensor {
  return tf.pad(
    part,
    shape.map((length, axis) => [begin[axis], length - begin[axis] - size[axis]]),
  );
}
