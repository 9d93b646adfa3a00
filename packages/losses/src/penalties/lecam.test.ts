import { describeLoss } from '@dist-gan/testing/loss';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { leCam } from './lecam.js';

const [realAverage, fakeAverage] = [0.5, -0.25];

for (const form of ['two-sided', 'one-sided'] as const) {
  describeLoss(`leCam, ${form}`, {
    inputs: { realLogits: 'logits', fakeLogits: 'logits' },
    loss: ({ realLogits, fakeLogits }) =>
      leCam(
        {
          realLogits,
          fakeLogits,
          realAverage: tf.scalar(realAverage),
          fakeAverage: tf.scalar(fakeAverage),
        },
        { form },
      ),
    reference: ({ realLogits, fakeLogits }) => {
      const side = (x: number) => (form === 'one-sided' ? Math.max(0, x) : x) ** 2;
      const mean = (values: readonly number[], f: (x: number) => number) =>
        values.reduce((sum, x) => sum + side(f(x)), 0) / values.length;
      return mean(realLogits, (x) => x - fakeAverage) + mean(fakeLogits, (x) => realAverage - x);
    },
  });
}

it('leCam refuses other forms', () => {
  const logits = tf.zeros([2, 1]);
  const average = tf.scalar(0);
  const tensors = { realLogits: logits, fakeLogits: logits, realAverage: average, fakeAverage: average };
  expect(() => leCam(tensors, { form: 'relu' as never })).toThrow('must be one of two-sided, one-sided');
  tf.dispose(tensors);
});
