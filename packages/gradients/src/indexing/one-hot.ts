import * as tf from '@tensorflow/tfjs-core';

/** `[...]` positions from 0 to `count` - 1 as float32 `[..., count]`, 1 where each stands. `tf.oneHot` refuses a count of 1. */
export function oneHot(positions: tf.Tensor, count: number): tf.Tensor {
  return tf.cast(tf.equal(tf.expandDims(positions, -1), tf.range(0, count, 1, 'int32')), 'float32');
}
