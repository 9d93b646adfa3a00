import * as tf from '@tensorflow/tfjs-core';

export type Normalize = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => tf.Tensor;

const allButChannels = ({ rank }: tf.Tensor) => Array.from({ length: rank - 1 }, (_, axis) => axis);

/** Batch normalisation as layers and as people write it. */
export const batchNormForms: [string, Normalize][] = [
  [
    'a layer',
    (x, scale, offset) => {
      const { mean, variance } = tf.moments(x, allButChannels(x));
      return tf.batchNorm(x, mean, variance, offset, scale, 1e-3);
    },
  ],
  [
    'elementary operations',
    (x, scale, offset) => {
      const centred = tf.sub(x, tf.mean(x, allButChannels(x)));
      const variance = tf.mean(tf.square(centred), allButChannels(x));
      return tf.add(tf.mul(centred, tf.div(scale, tf.sqrt(tf.add(variance, 1e-3)))), offset);
    },
  ],
];
