import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

/**
 * y = x b^-beta with b = bias + alpha W(x^2), W the sum over the channels at most depthRadius away:
 *
 *     dx = dy b^-beta - 2 alpha beta x W(dy x b^(-beta - 1))
 *
 * W is a product with a band matrix, its own transpose. Stock saves the output, which an outer gradient takes
 * for a constant.
 */
export const localResponseNormalizationGradient: GradientDefinition = {
  kernelName: tf.LRN,
  inputsToSave: ['x'],
  gradFunc: (upstream, [x], attributes) => {
    const dy = upstream as tf.Tensor;
    const { depthRadius, bias, alpha, beta } = attributes as unknown as tf.LRNAttrs;
    return {
      x: () => {
        const channels = x.shape[x.shape.length - 1];
        const band = bandMatrix(channels, depthRadius);
        const windowSum = (values: tf.Tensor) =>
          tf.reshape(tf.matMul(tf.reshape(values, [-1, channels]), band), x.shape);
        const base = tf.add(tf.mul(windowSum(tf.square(x)), alpha), bias);
        const factor = tf.pow(base, -beta);
        const spread = windowSum(tf.mul(tf.mul(dy, x), tf.div(factor, base)));
        return tf.sub(tf.mul(dy, factor), tf.mul(tf.mul(x, 2 * alpha * beta), spread));
      },
    };
  },
};

function bandMatrix(size: number, radius: number): tf.Tensor2D {
  const entries = Float32Array.from({ length: size * size }, (_, at) =>
    Number(Math.abs(Math.floor(at / size) - (at % size)) <= radius),
  );
  return tf.tensor2d(entries, [size, size]);
}
