import { describeLoss } from '@dist-gan/testing/loss';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { diversityPenalty } from './diversity-penalty.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

for (const steepness of [5, 2]) {
  describeLoss(`diversityPenalty of steepness ${steepness}`, {
    inputs: { latents: { sampleShape: [2] }, features: { sampleShape: [3] } },
    loss: ({ latents, features }) => diversityPenalty({ latents, features }, { steepness }),
    reference: ({ latents, features }) => {
      const n = latents.length / 2;
      const row = (values: readonly number[], i: number, size: number) =>
        values.slice(size * i, size * i + size);
      const cosine = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, x, d) => sum + x * b[d], 0) / (Math.hypot(...a) * Math.hypot(...b));
      let sum = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const ofFeatures = cosine(row(features, i, 3), row(features, j, 3));
          const ofLatents = cosine(row(latents, i, 2), row(latents, j, 2));
          sum += sigmoid(steepness * ofFeatures) / sigmoid(steepness * ofLatents);
        }
      }
      return sum / n ** 2;
    },
  });
}

it('diversityPenalty is 1 for features that are the latents, more where they have collapsed, and finite at 0', () => {
  tf.tidy(() => {
    const latents = tf.tensor2d([
      [1, 0],
      [0, 1],
      [-1, 0.5],
    ]);
    const at = (features: tf.Tensor) => diversityPenalty({ latents, features }).dataSync()[0];
    expect(at(latents)).toBeCloseTo(1, 6);
    expect(at(tf.ones([3, 4]))).toBeGreaterThan(2);
    expect(Number.isFinite(at(tf.zeros([3, 4])))).toBe(true);
    expect(() => at(tf.ones([2, 4]))).toThrow('wanted one row for each latent of [3, 2]');
  });
});

it('diversityPenalty and its gradient stay finite at the steepest that is taken, and steeper is refused', () => {
  tf.tidy(() => {
    const latents = tf.tensor2d([
      [1, 0],
      [-1, 0],
    ]);
    const at = (features: tf.Tensor, steepness: number) =>
      diversityPenalty({ latents, features }, { steepness });
    const collapsed = tf.tensor2d([
      [1, 2],
      [1, 2],
    ]);
    // Two pairs of a row with itself, whose ratio is 1, and two of opposite latents, whose ratio is e^80.
    expect(at(collapsed, 80).dataSync()[0] / ((2 + 2 * Math.exp(80)) / 4)).toBeCloseTo(1, 4);
    const slopes = tf.grad((features: tf.Tensor) => at(features, 80))(
      tf.tensor2d([
        [1, 2],
        [2, 1],
      ]),
    );
    expect(Array.from(slopes.dataSync()).every(Number.isFinite)).toBe(true);
    for (const steepness of [-1, 81, NaN])
      expect(() => at(collapsed, steepness)).toThrow('steepness must be a number from 0 to 80');
  });
});
