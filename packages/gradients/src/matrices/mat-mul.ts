import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, sumToShape } from '../registry/gradient-definitions.js';

/** Products of the upstream gradient with the other factor, summed over the outer dimensions that broadcast. */
export const matMulGradient: GradientDefinition = {
  kernelName: tf.BatchMatMul,
  inputsToSave: ['a', 'b'],
  gradFunc: (upstream, saved, attributes) => {
    const dy = upstream as tf.Tensor;
    const [a, b] = saved as [tf.Tensor, tf.Tensor];
    const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
    const forA = () =>
      transposeA ? tf.matMul(b, dy, transposeB, true) : tf.matMul(dy, b, false, !transposeB);
    const forB = () =>
      transposeB ? tf.matMul(dy, a, true, transposeA) : tf.matMul(a, dy, !transposeA, false);
    return { a: () => sumToShape(forA(), a.shape), b: () => sumToShape(forB(), b.shape) };
  },
};
