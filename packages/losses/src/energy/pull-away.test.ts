import { describeLoss } from '@dist-gan/testing/loss';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { pullAwayTerm } from './pull-away.js';

for (const of of ['squared-cosine', 'cosine'] as const) {
  describeLoss(`pullAwayTerm of the ${of}`, {
    inputs: { codes: { sampleShape: [3] } },
    loss: ({ codes }) => pullAwayTerm({ codes: codes as tf.Tensor2D }, { of }),
    reference: ({ codes }) => {
      const rows = Array.from({ length: codes.length / 3 }, (_, i) => codes.slice(3 * i, 3 * i + 3));
      const cosine = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, x, d) => sum + x * b[d], 0) / (Math.hypot(...a) * Math.hypot(...b));
      const all = rows.flatMap((a, i) => rows.flatMap((b, j) => (i === j ? [] : [cosine(a, b)])));
      return all.reduce((sum, c) => sum + (of === 'cosine' ? c : c * c), 0) / all.length;
    },
  });
}

it('pullAwayTerm is 1 for codes of one direction, finite for codes of length 0, and needs two', () => {
  tf.tidy(() => {
    expect(pullAwayTerm({ codes: tf.ones([4, 3]) }).dataSync()[0]).toBeCloseTo(1, 5);
    expect(pullAwayTerm({ codes: tf.zeros([2, 3]) }).dataSync()[0]).toBe(0);
    expect(() => pullAwayTerm({ codes: tf.ones([1, 3]) })).toThrow('directions need a batch of 2 or more');
  });
});
