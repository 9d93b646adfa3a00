import { describeLoss } from '@dist-gan/testing/loss';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { distGanDiscriminatorLoss, type DistGanDiscriminatorOptions } from './discriminator-loss.js';
import { discriminatorScoreDistance } from './discriminator-score-distance.js';
import { latentDataDistance } from './latent-data-distance.js';

const meanOf = (values: readonly number[], f = (value: number): number => value): number =>
  values.reduce((sum, value) => sum + f(value), 0) / values.length;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describeLoss('discriminatorScoreDistance', {
  inputs: { realLogits: 'logits', fakeLogits: 'logits' },
  loss: (tensors) => discriminatorScoreDistance(tensors),
  reference: ({ realLogits, fakeLogits }) =>
    Math.abs(meanOf(realLogits, sigmoid) - meanOf(fakeLogits, sigmoid)),
});

describeLoss('discriminatorScoreDistance of logits', {
  inputs: { realLogits: 'logits', fakeLogits: 'logits' },
  loss: (tensors) => discriminatorScoreDistance(tensors, { of: 'logit' }),
  reference: ({ realLogits, fakeLogits }) => Math.abs(meanOf(realLogits) - meanOf(fakeLogits)),
});

const samples = { sampleShape: [2, 3], range: [0, 1] } as const;
const codes = { sampleShape: [4], range: [-1, 1] } as const;
type Side = 'reconstructed' | 'generated' | 'encoded' | 'latents';

function distance(weight: number) {
  return (values: Readonly<Record<Side, readonly number[]>>): number => {
    const f = meanOf(values.reconstructed) - meanOf(values.generated);
    const g = meanOf(values.encoded) - meanOf(values.latents);
    return (f - weight * g) ** 2;
  };
}

describeLoss<Side>('latentDataDistance, weight from dimensions', {
  inputs: { reconstructed: samples, generated: samples, encoded: codes, latents: codes },
  loss: (tensors) => latentDataDistance(tensors),
  reference: distance(Math.sqrt(4 / 6)),
});
describeLoss<Side>('latentDataDistance, fixed weight', {
  inputs: { reconstructed: samples, generated: samples, encoded: codes, latents: codes },
  loss: (tensors) => latentDataDistance(tensors, { latentWeight: 1 }),
  reference: distance(1),
});

describe('latentDataDistance', () => {
  it("has the weight of the authors' MNIST networks, sqrt(100 / 4096) = 0.15625", () => {
    const value = tf.tidy(() => {
      const features = tf.zeros([2, 4096]);
      const tensors = { reconstructed: features, generated: features, latents: tf.zeros([2, 100]) };
      return latentDataDistance({ ...tensors, encoded: tf.ones([2, 100]) }).dataSync()[0];
    });
    expect(value).toBe(0.15625 ** 2);
  });

  it('constrains one number of a batch, not each sample', () => {
    const value = tf.tidy(() => {
      const tensors = {
        generated: tf.tensor2d([
          [0, 0],
          [1, 1],
        ]),
        encoded: tf.ones([2, 2]),
        latents: tf.ones([2, 2]),
      };
      return latentDataDistance({
        ...tensors,
        reconstructed: tf.tensor2d([
          [1, 0],
          [0, 1],
        ]),
      }).dataSync()[0];
    });
    expect(value).toBe(0);
  });

  it('refuses a negative weight', () => {
    tf.tidy(() => {
      const one = tf.ones([1, 1]);
      const tensors = { reconstructed: one, generated: one, encoded: one, latents: one };
      expect(() => latentDataDistance(tensors, { latentWeight: -1 })).toThrow(
        'latentDataDistance: latentWeight must be a number of 0 or more, got -1',
      );
    });
  });
});

type Kind = 'realLogits' | 'reconstructedLogits' | 'fakeLogits';
type Reference = (values: Readonly<Record<Kind, readonly number[]>>) => number;

const log = { real: (x: number) => Math.log1p(Math.exp(-x)), fake: (x: number) => Math.log1p(Math.exp(x)) };
const hinge = { real: (x: number) => Math.max(0, 1 - x), fake: (x: number) => Math.max(0, 1 + x) };

const variants: {
  title: string;
  options: DistGanDiscriminatorOptions;
  reference: Reference;
  ignored?: true;
}[] = [
  {
    title: 'Eq 5 of the paper',
    options: {},
    reference: ({ realLogits, reconstructedLogits, fakeLogits }) =>
      meanOf(realLogits, log.real) + meanOf(reconstructedLogits, log.real) + meanOf(fakeLogits, log.fake),
  },
  {
    title: "the authors' images",
    options: { realWeight: 0.95, reconstructedWeight: 0.05 },
    reference: ({ realLogits, reconstructedLogits, fakeLogits }) =>
      0.95 * meanOf(realLogits, log.real) +
      0.05 * meanOf(reconstructedLogits, log.real) +
      meanOf(fakeLogits, log.fake),
  },
  {
    title: 'the released two-dimensional code',
    options: { realWeight: 0.5, reconstructedWeight: 0.5, reconstructedLabel: 'fake' },
    reference: ({ realLogits, reconstructedLogits, fakeLogits }) =>
      0.5 * (meanOf(realLogits, log.real) + meanOf(reconstructedLogits, log.fake)) +
      meanOf(fakeLogits, log.fake),
  },
  {
    title: 'without reconstructions',
    options: { reconstructedLabel: 'none', fakeWeight: 0.25 },
    reference: ({ realLogits, fakeLogits }) =>
      meanOf(realLogits, log.real) + 0.25 * meanOf(fakeLogits, log.fake),
    ignored: true,
  },
  {
    title: 'hinge',
    options: { form: 'hinge', realWeight: 0.95, reconstructedWeight: 0.05 },
    reference: ({ realLogits, reconstructedLogits, fakeLogits }) =>
      0.95 * meanOf(realLogits, hinge.real) +
      0.05 * meanOf(reconstructedLogits, hinge.real) +
      meanOf(fakeLogits, hinge.fake),
  },
  {
    // Sigmoids lie between 0 and 1, so this hinge is linear in them: it never saturates.
    title: 'hinge on sigmoid scores, as released',
    options: { form: 'hinge', hingeOn: 'sigmoid', realWeight: 0.95, reconstructedWeight: 0.05 },
    reference: ({ realLogits, reconstructedLogits, fakeLogits }) =>
      0.95 * (1 - meanOf(realLogits, sigmoid)) +
      0.05 * (1 - meanOf(reconstructedLogits, sigmoid)) +
      (1 + meanOf(fakeLogits, sigmoid)),
  },
];

for (const { title, options, reference, ignored } of variants) {
  const reconstructed = options.reconstructedLabel === 'fake' ? 'positive' : 'negative';
  describeLoss<Kind>(`distGanDiscriminatorLoss: ${title}`, {
    inputs: { realLogits: 'logits', reconstructedLogits: 'logits', fakeLogits: 'logits' },
    loss: (tensors) => distGanDiscriminatorLoss(tensors, options).total,
    reference,
    gradientSigns: {
      realLogits: 'negative',
      reconstructedLogits: ignored ? 'zero' : reconstructed,
      fakeLogits: 'positive',
    },
  });
}

describe('distGanDiscriminatorLoss', () => {
  it('gives its terms without weights, and takes weights that are tensors', () => {
    tf.tidy(() => {
      const { total, terms } = distGanDiscriminatorLoss(
        {
          realLogits: tf.tensor2d([[0.5]]),
          reconstructedLogits: tf.tensor2d([[-1]]),
          fakeLogits: tf.tensor2d([[0.25]]),
        },
        { form: 'hinge', realWeight: tf.scalar(0.75), reconstructedWeight: tf.scalar(0.25) },
      );
      expect(terms.real.dataSync()[0]).toBe(0.5);
      expect(terms.reconstructed!.dataSync()[0]).toBe(2);
      expect(terms.fake.dataSync()[0]).toBe(1.25);
      expect(total.dataSync()[0]).toBe(0.75 * 0.5 + 0.25 * 2 + 1.25);
    });
  });

  it('leaves behind its total and terms, nothing else', () => {
    const logits = tf.ones([2, 1]);
    const before = tf.memory().numTensors;
    const { total, terms } = distGanDiscriminatorLoss(
      { realLogits: logits, fakeLogits: logits },
      { reconstructedLabel: 'none' },
    );
    expect(tf.memory().numTensors - before).toBe(3);
    expect(Object.keys(terms)).toEqual(['real', 'fake']);
    tf.dispose([logits, total, terms]);
  });

  it('refuses an unknown choice, and missing reconstructions', () => {
    tf.tidy(() => {
      const logits = { realLogits: tf.ones([1, 1]), fakeLogits: tf.ones([1, 1]) };
      const form = 'wasserstein' as unknown as 'log';
      expect(() => distGanDiscriminatorLoss(logits, { form })).toThrow(
        'distGanDiscriminatorLoss: form must be one of log, hinge, got "wasserstein"',
      );
      expect(() => distGanDiscriminatorLoss(logits)).toThrow(/reconstructedLogits must be a tensor/);
    });
  });
});
