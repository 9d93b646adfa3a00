import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { describeOnTargets, expectLikeEager } from '../../test/against-eager.js';

describeOnTargets('searchSorted', (target) => {
  it('is that of TensorFlow.js, on either side, with ties, in rows and in one list', async () => {
    await expectLikeEager({
      target,
      inputs: {
        rows: { shape: [2, 5] },
        values: { shape: [2, 4] },
        numbers: { shape: [4], dtype: 'int32' },
        one: { shape: [1] },
      },
      fn: ({ rows, values, numbers, one }) => ({
        left: tf.searchSorted(rows, values, 'left'),
        right: tf.searchSorted(rows, values, 'right'),
        lower: tf.lowerBound(numbers, tf.tensor1d([-7, 2, 3, 9], 'int32')),
        upper: tf.upperBound(numbers, tf.tensor1d([-7, 2, 3, 9], 'int32')),
        single: tf.upperBound(one, one),
      }),
      feeds: () => ({
        rows: Float32Array.of(-2, -0.5, -0.5, 1, 4, 0, 0, 0, 3, Infinity),
        values: Float32Array.of(-3, -0.5, 0.25, 9, 0, 2, 3, Infinity),
        numbers: Int32Array.of(-7, 2, 2, 5),
        one: Float32Array.of(1.5),
      }),
    });
  });
});
