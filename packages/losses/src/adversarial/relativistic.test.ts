import { describeLoss } from '@dist-gan/testing/loss';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  relativisticAverageDiscriminatorLoss,
  relativisticAverageGeneratorLoss,
  relativisticPairingDiscriminatorLoss,
  relativisticPairingGeneratorLoss,
} from './relativistic.js';

const inputs = { realLogits: 'logits', fakeLogits: 'logits' } as const;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const paired = (above: readonly number[], below: readonly number[]): number =>
  mean(above.map((value, i) => softplus(below[i] - value)));
const averaged = (above: readonly number[], below: readonly number[]): number =>
  mean(above.map((value) => softplus(mean(below) - value))) +
  mean(below.map((value) => softplus(value - mean(above))));
const separates = { realLogits: 'negative', fakeLogits: 'positive' } as const;
const deceives = { realLogits: 'positive', fakeLogits: 'negative' } as const;

describeLoss('relativisticPairingDiscriminatorLoss', {
  inputs,
  loss: relativisticPairingDiscriminatorLoss,
  reference: ({ realLogits, fakeLogits }) => paired(realLogits, fakeLogits),
  gradientSigns: separates,
});
describeLoss('relativisticPairingGeneratorLoss', {
  inputs,
  loss: relativisticPairingGeneratorLoss,
  reference: ({ realLogits, fakeLogits }) => paired(fakeLogits, realLogits),
  gradientSigns: deceives,
});
describeLoss('relativisticAverageDiscriminatorLoss', {
  inputs,
  loss: relativisticAverageDiscriminatorLoss,
  reference: ({ realLogits, fakeLogits }) => averaged(realLogits, fakeLogits),
  gradientSigns: separates,
});
describeLoss('relativisticAverageGeneratorLoss', {
  inputs,
  loss: relativisticAverageGeneratorLoss,
  reference: ({ realLogits, fakeLogits }) => averaged(fakeLogits, realLogits),
  gradientSigns: deceives,
});

describe('relativistic losses', () => {
  it('have the expected values of TF-GAN, averaged', () => {
    tf.tidy(() => {
      const logits = {
        realLogits: tf.tensor1d([-2, 0.4, 12.5, 2.7]),
        fakeLogits: tf.tensor1d([10, 4.4, -5.5, 3.6]),
      };
      expect(relativisticAverageDiscriminatorLoss(logits).dataSync()[0]).toBeCloseTo(4.390114, 5);
      expect(relativisticAverageGeneratorLoss(logits).dataSync()[0]).toBeCloseTo(4.9401135, 5);
    });
  });

  it('refuse pairs that are none', () => {
    tf.tidy(() => {
      const logits = { realLogits: tf.ones([3, 1]), fakeLogits: tf.ones([2, 1]) };
      expect(() => relativisticPairingDiscriminatorLoss(logits)).toThrow(
        'fakeLogits has shape [2, 1] but realLogits has [3, 1]',
      );
    });
  });
});
