import { describeLoss } from '@dist-gan/testing/loss';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { sigmoidCrossEntropyReconstructionLoss } from './sigmoid-cross-entropy.js';
import { squaredErrorReconstructionLoss } from './squared-error.js';

const image = { sampleShape: [2, 2, 1], range: [0, 1] } as const;
const meanOver = (values: readonly number[], f: (value: number, i: number) => number): number =>
  values.reduce((sum, value, i) => sum + f(value, i), 0) / values.length;

describeLoss('squaredErrorReconstructionLoss', {
  inputs: { target: image, reconstruction: image },
  loss: squaredErrorReconstructionLoss,
  reference: ({ target, reconstruction }) => meanOver(target, (x, i) => (x - reconstruction[i]) ** 2),
});

describeLoss('sigmoidCrossEntropyReconstructionLoss', {
  inputs: { target: image, reconstructionLogits: { ...image, range: [-3, 3] } },
  loss: sigmoidCrossEntropyReconstructionLoss,
  reference: ({ target, reconstructionLogits }) =>
    meanOver(target, (x, i) => {
      const probability = 1 / (1 + Math.exp(-reconstructionLogits[i]));
      return -x * Math.log(probability) - (1 - x) * Math.log(1 - probability);
    }),
});

describe('sigmoidCrossEntropyReconstructionLoss', () => {
  it('is exact, with its gradient, at logits of +-80', () => {
    tf.tidy(() => {
      const target = tf.tensor2d([[1, 0, 1, 0]]);
      const reconstructionLogits = tf.tensor2d([[80, -80, -80, 80]]);
      const loss = (logits: tf.Tensor) =>
        sigmoidCrossEntropyReconstructionLoss({ target, reconstructionLogits: logits });
      expect(loss(reconstructionLogits).dataSync()[0]).toBe(40);
      const gradient = tf.grad(loss)(reconstructionLogits).dataSync();
      [0, 0, -0.25, 0.25].forEach((wanted, i) => expect(gradient[i]).toBeCloseTo(wanted, 12));
    });
  });

  it('is least, and equal to the entropy, where the reconstruction is the target', () => {
    tf.tidy(() => {
      const target = tf.tensor1d([0.25]);
      const at = (logit: number) =>
        sigmoidCrossEntropyReconstructionLoss({
          target,
          reconstructionLogits: tf.tensor1d([logit]),
        }).dataSync()[0];
      const best = Math.log(0.25 / 0.75);
      expect(at(best)).toBeCloseTo(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), 6);
      expect(at(best + 0.1)).toBeGreaterThan(at(best));
      expect(at(best - 0.1)).toBeGreaterThan(at(best));
    });
  });
});

it('reconstruction losses refuse shapes that differ, which would broadcast', () => {
  tf.tidy(() => {
    const target = tf.ones([4, 2]);
    const reconstruction = tf.ones([1, 2]);
    expect(() => squaredErrorReconstructionLoss({ target, reconstruction })).toThrow(
      'squaredErrorReconstructionLoss: reconstruction has shape [1, 2] but target has [4, 2]; they must be equal',
    );
  });
});
