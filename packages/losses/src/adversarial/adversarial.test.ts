import { describeLoss } from '@dist-gan/testing/loss';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { hingeDiscriminatorLoss, hingeGeneratorLoss } from './hinge.js';
import { leastSquaresDiscriminatorLoss, leastSquaresGeneratorLoss } from './least-squares.js';
import { minimaxDiscriminatorLoss, minimaxGeneratorLoss } from './minimax.js';
import { nonSaturatingGeneratorLoss } from './non-saturating.js';
import { wassersteinDiscriminatorLoss, wassersteinGeneratorLoss } from './wasserstein.js';

type Values = readonly number[];

const mean = (values: Values): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (values: Values, f: (value: number) => number): number => mean(values.map(f));
/** log(1 + exp(x)) in float64. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

const inputs = { realLogits: 'logits', fakeLogits: 'logits' } as const;
const fakeOnly = { fakeLogits: 'logits' } as const;
const separates = { realLogits: 'negative', fakeLogits: 'positive' } as const;
const deceives = { fakeLogits: 'negative' } as const;

describeLoss('minimaxDiscriminatorLoss', {
  inputs,
  loss: minimaxDiscriminatorLoss,
  reference: ({ realLogits, fakeLogits }) =>
    meanOf(realLogits, (logit) => softplus(-logit)) + meanOf(fakeLogits, softplus),
  gradientSigns: separates,
});
describeLoss('minimaxGeneratorLoss', {
  inputs: fakeOnly,
  loss: minimaxGeneratorLoss,
  // log(1 - sigmoid(x)) = log(sigmoid(-x)), which is a number at 80, too.
  reference: ({ fakeLogits }) => meanOf(fakeLogits, (logit) => Math.log(1 / (1 + Math.exp(logit)))),
  gradientSigns: deceives,
});
describeLoss('nonSaturatingGeneratorLoss', {
  inputs: fakeOnly,
  loss: nonSaturatingGeneratorLoss,
  reference: ({ fakeLogits }) => meanOf(fakeLogits, (logit) => -Math.log(1 / (1 + Math.exp(-logit)))),
  gradientSigns: deceives,
});
describeLoss('leastSquaresDiscriminatorLoss', {
  inputs,
  loss: leastSquaresDiscriminatorLoss,
  reference: ({ realLogits, fakeLogits }) =>
    meanOf(realLogits, (logit) => (logit - 1) ** 2 / 2) + meanOf(fakeLogits, (logit) => logit ** 2 / 2),
});
describeLoss('leastSquaresGeneratorLoss', {
  inputs: fakeOnly,
  loss: leastSquaresGeneratorLoss,
  reference: ({ fakeLogits }) => meanOf(fakeLogits, (logit) => (logit - 1) ** 2 / 2),
});
describeLoss('hingeDiscriminatorLoss', {
  inputs,
  loss: hingeDiscriminatorLoss,
  reference: ({ realLogits, fakeLogits }) =>
    meanOf(realLogits, (logit) => Math.max(0, 1 - logit)) +
    meanOf(fakeLogits, (logit) => Math.max(0, 1 + logit)),
  gradientSigns: separates,
});
describeLoss('hingeGeneratorLoss', {
  inputs: fakeOnly,
  loss: hingeGeneratorLoss,
  reference: ({ fakeLogits }) => -mean(fakeLogits),
  gradientSigns: deceives,
});
describeLoss('wassersteinDiscriminatorLoss', {
  inputs,
  loss: wassersteinDiscriminatorLoss,
  reference: ({ realLogits, fakeLogits }) => mean(fakeLogits) - mean(realLogits),
  gradientSigns: separates,
});
describeLoss('wassersteinGeneratorLoss', {
  inputs: fakeOnly,
  loss: wassersteinGeneratorLoss,
  reference: ({ fakeLogits }) => -mean(fakeLogits),
  gradientSigns: deceives,
});

/** Expected values from the test suites of other GAN libraries. */
const published: {
  library: string;
  real: Values;
  fake: Values;
  expected: [loss: (logits: { realLogits: tf.Tensor; fakeLogits: tf.Tensor }) => tf.Scalar, value: number][];
}[] = [
  {
    // losses_impl_test.py. Its minimax and non-saturating values hold a label smoothing of 0.25, which
    // adds 0.25 mean(real) / 2 and softplus(-1); taken off here.
    library: 'TF-GAN',
    real: [-5, 1.4, 12.5, 2.7],
    fake: [10, 4.4, -5.5, 3.6],
    expected: [
      [minimaxDiscriminatorLoss, 6.19637 - 0.125 * 2.9],
      [minimaxGeneratorLoss, -4.82408 + 0.3132617],
      [nonSaturatingGeneratorLoss, 1.38582],
      [leastSquaresDiscriminatorLoss, 41.73375],
      [leastSquaresGeneratorLoss, 17.69625],
      [hingeDiscriminatorLoss, 6.75],
      [hingeGeneratorLoss, -3.125],
      [wassersteinDiscriminatorLoss, 0.225],
      [wassersteinGeneratorLoss, -3.125],
    ],
  },
  {
    library: 'torchgan',
    real: [1.3, 2.9, 8.4, 6.3],
    fake: [4.8, 1.2, -3.5, 5.9],
    expected: [
      [minimaxDiscriminatorLoss, 3.1251488],
      [nonSaturatingGeneratorLoss, 0.9509911],
      [leastSquaresDiscriminatorLoss, 19.76125],
      [leastSquaresGeneratorLoss, 7.3425007],
      [wassersteinDiscriminatorLoss, -2.625],
      [wassersteinGeneratorLoss, -2.1],
    ],
  },
  {
    library: 'mimicry',
    real: [1, 1, 1, 1],
    fake: [1, 1, 1, 1],
    expected: [
      [minimaxDiscriminatorLoss, 1.6265],
      [nonSaturatingGeneratorLoss, 0.3133],
      [hingeDiscriminatorLoss, 2],
      [hingeGeneratorLoss, -1],
    ],
  },
];

describe.each(published)('the expected values of $library', ({ real, fake, expected }) => {
  it.each(expected.map(([loss, value]) => ({ name: loss.name, loss, value })))('$name', ({ loss, value }) => {
    const actual = tf.tidy(
      () => loss({ realLogits: tf.tensor1d([...real]), fakeLogits: tf.tensor1d([...fake]) }).dataSync()[0],
    );
    // Published to four or five places.
    expect(Math.abs(actual - value)).toBeLessThan(6e-5);
  });
});

describe('adversarial losses', () => {
  it('take patches of any rank, and real and fake batches of different sizes', () => {
    tf.tidy(() => {
      const realLogits = tf.ones([2, 3, 3, 1]);
      const fakeLogits = tf.fill([5], -2);
      expect(hingeDiscriminatorLoss({ realLogits, fakeLogits }).dataSync()[0]).toBe(0);
      expect(wassersteinDiscriminatorLoss({ realLogits, fakeLogits }).dataSync()[0]).toBe(-3);
    });
  });

  it('keep their precision where a probability rounds to 0 or 1', () => {
    tf.tidy(() => {
      const loss = (logit: number) => nonSaturatingGeneratorLoss({ fakeLogits: tf.tensor1d([logit]) });
      expect(loss(-80).dataSync()[0]).toBe(80);
      expect(loss(12).dataSync()[0] / Math.log1p(Math.exp(-12))).toBeCloseTo(1, 6);
      const gradient = tf.grad((fakeLogits) => nonSaturatingGeneratorLoss({ fakeLogits }));
      expect(gradient(tf.tensor1d([-80])).dataSync()[0]).toBe(-1);
    });
  });

  it('refuse an empty or missing tensor', () => {
    tf.tidy(() => {
      const fakeLogits = tf.tensor2d([], [0, 1]);
      expect(() => hingeGeneratorLoss({ fakeLogits })).toThrow(
        'hingeGeneratorLoss: fakeLogits has no elements (shape [0, 1]); pass at least one sample',
      );
      const wrong = { realLogits: tf.ones([2, 1]) } as unknown as {
        realLogits: tf.Tensor;
        fakeLogits: tf.Tensor;
      };
      expect(() => minimaxDiscriminatorLoss(wrong)).toThrow(/fakeLogits must be a tensor, got undefined/);
    });
  });
});
