import * as tf from '@tensorflow/tfjs-core';
import { insertZeros } from '../indexing/insert-zeros.js';
import type { Attributes } from '../registry/gradient-definitions.js';

/** Rows and columns from one entry of the filter to the next. */
export type Dilations = readonly [number, number];

export function dilationsOf(attributes: Attributes): Dilations {
  const given = (attributes['dilations'] as number | number[] | null | undefined) ?? 1;
  return typeof given === 'number' ? [given, given] : [given[0], given[1] ?? given[0]];
}

/**
 * The filter with zeros between its entries: a convolution without dilation with it is the dilated one.
 * TensorFlow.js has backward kernels only for those without.
 */
export function dilate(filter: tf.Tensor, [down, across]: Dilations): tf.Tensor {
  return insertZeros(insertZeros(filter, 0, down), 1, across);
}

/** Shape of the filter after {@link dilate}. */
export function dilatedShape(shape: readonly number[], dilations: Dilations): number[] {
  return shape.map((size, axis) => (axis < 2 ? (size - 1) * dilations[axis] + 1 : size));
}

/** The entries of a dilated filter's gradient that belong to the filter. */
export function undilate(gradient: tf.Tensor, [down, across]: Dilations): tf.Tensor {
  if (down === 1 && across === 1) return gradient;
  return tf.stridedSlice(gradient, [0, 0, 0, 0], gradient.shape, [down, across, 1, 1]);
}
