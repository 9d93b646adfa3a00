import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { describeOnTargets, expectLikeEager } from '../../test/against-eager.js';

describeOnTargets('cumprod', (target) => {
  it('is that of TensorFlow.js, along every axis, either way', async () => {
    await expectLikeEager({
      target,
      inputs: { x: { shape: [3, 5] }, n: { shape: [4], dtype: 'int32' } },
      fn: ({ x, n }) => ({
        first: tf.cumprod(x, 0),
        last: tf.cumprod(x, 1),
        exclusive: tf.cumprod(x, 1, true),
        reverse: tf.cumprod(x, 1, false, true),
        both: tf.cumprod(x, 0, true, true),
        integers: tf.cumprod(n),
      }),
      feeds: (call) => ({
        x: Float32Array.from({ length: 15 }, (_, at) => Math.sin(at * 1.3 + call) * 2),
        n: Int32Array.of(3, -2, 5, 7),
      }),
    });
  });
});
