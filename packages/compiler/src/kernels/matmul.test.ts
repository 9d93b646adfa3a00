import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { describeOnTargets, expectLikeEager } from '../../test/against-eager.js';

const activations = {
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
  relu: tf.relu,
  elu: tf.elu,
  leakyRelu: tf.leakyRelu,
};
const cases = Object.entries(activations).flatMap(([name, activation]) =>
  [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => ({ name, activation, transposeA, transposeB })),
  ),
);

/*
 * TensorFlow fuses a product with its bias and activation, for sigmoid and tanh into a kernel that does not exist where
 * the left matrix is transposed. It does so only where nothing else reads the product: one activation at a time.
 */
describeOnTargets('a product with a bias and an activation', (target) => {
  it.each(cases)(
    'is that of TensorFlow.js: $name, transposed $transposeA and $transposeB',
    async ({ activation, transposeA, transposeB }) => {
      await expectLikeEager({
        target,
        inputs: {
          a: { shape: transposeA ? [3, 4] : [4, 3] },
          b: { shape: transposeB ? [5, 3] : [3, 5] },
          bias: { shape: [5] },
        },
        fn: ({ a, b, bias }) => ({
          y: activation(tf.add(tf.matMul(a, b, transposeA, transposeB), bias)),
        }),
        feeds: (call) => ({
          a: Float32Array.from({ length: 12 }, (_, at) => Math.sin(at * 1.7 + call)),
          b: Float32Array.from({ length: 15 }, (_, at) => Math.cos(at * 1.3 + call)),
          bias: Float32Array.from({ length: 5 }, (_, at) => at / 4 - 0.5),
        }),
      });
    },
  );
});
