import * as tf from '@tensorflow/tfjs-core';

/**
 * Groups of `packing` samples that follow each other, laid one after the other along their last axis: `[batch, ..., c]`
 * to `[batch / packing, ..., packing * c]`.
 */
export function packSamples(samples: tf.Tensor, packing: number): tf.Tensor {
  if (packing === 1) return samples;
  const [batch, ...shape] = samples.shape;
  const inner = shape.slice(0, -1);
  const groups = tf.reshape(samples, [batch / packing, packing, ...shape]);
  const order = [0, ...inner.map((_, axis) => axis + 2), 1, inner.length + 2];
  return tf.reshape(tf.transpose(groups, order), [batch / packing, ...inner, packing * shape.at(-1)!]);
}

/** Sets of `size` samples that follow each other: `[batch, ...]` to `[batch / size, size, ...]`. */
export function gatherSets(samples: tf.Tensor, size: number): tf.Tensor {
  const [batch, ...shape] = samples.shape;
  return tf.reshape(samples, [batch / size, size, ...shape]);
}
