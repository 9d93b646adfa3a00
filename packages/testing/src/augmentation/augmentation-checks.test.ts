import type { Augmentation } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { failedChecks } from '../check.js';
import { augmentationChecks, describeAugmentation, type AugmentationSubject } from './augmentation-checks.js';

/** Adds one number to each sample. */
const shift: Augmentation = {
  id: 'shift',
  title: 'Shift',
  source: { title: 'Made for tests', year: 2026 },
  options: {},
  changes: 'discriminated',
  numbersPerSample: 1,
  apply: (samples, numbers) => tf.add(samples, numbers),
};

const subjectOf = (augmentation: Augmentation): AugmentationSubject => ({ augmentation, sampleShape: [3] });

/** The same with a probability. */
const chosenShift: Augmentation = {
  ...shift,
  adapts: { target: 0.6, images: 1000 },
  numbersPerSample: 2,
  apply: (samples, numbers, _, probability = 1) =>
    tf.tidy(() => {
      const [choice, amount] = tf.split(numbers, 2, 1);
      return tf.add(samples, tf.mul(tf.cast(tf.less(choice, probability), 'float32'), amount));
    }),
};

describeAugmentation('a right augmentation', subjectOf(shift));
describeAugmentation('a right augmentation that adapts', subjectOf(chosenShift));

describe('augmentationChecks', () => {
  const kept: tf.Tensor[] = [];
  let calls = 0;
  const broken: { what: string; change: Partial<Augmentation>; fails: string[] }[] = [
    { what: 'a bad id', change: { id: 'Shift' }, fails: ['describes itself'] },
    {
      what: 'another shape',
      change: {
        apply: (samples, numbers) => tf.tidy(() => tf.slice(tf.add(samples, numbers), [0, 0], [-1, 2])),
      },
      fails: ['keeps the shape of samples', 'has the gradient that central differences give'],
    },
    {
      what: 'a division by a number that may be 0',
      change: { apply: (samples, numbers) => tf.tidy(() => tf.div(samples, tf.mul(numbers, 1e-3))) },
      fails: ['is finite for the smallest and the largest numbers'],
    },
    {
      what: 'a counter of its own',
      change: {
        apply: (samples, numbers) => tf.tidy(() => tf.add(tf.add(samples, numbers), calls++ % 7)),
      },
      fails: [
        'is a pure function of samples and numbers',
        'changes every sample by its own numbers',
        'has the gradient that central differences give',
      ],
    },
    {
      what: 'the numbers of the first sample for all',
      change: {
        apply: (samples, numbers) => tf.tidy(() => tf.add(samples, tf.slice(numbers, [0, 0], [1, 1]))),
      },
      fails: ['changes every sample by its own numbers', 'changes samples in different ways'],
    },
    {
      what: 'the mean of the whole batch',
      change: {
        apply: (samples, numbers) => tf.tidy(() => tf.add(samples, tf.mul(numbers, tf.mean(samples)))),
      },
      fails: ['changes every sample by its own numbers'],
    },
    {
      what: 'a probability that is not heeded',
      change: { adapts: { target: 0.6, images: 1000 } },
      fails: ['changes nothing at probability 0, all at 1'],
    },
    {
      what: 'a gradient that stops',
      change: {
        apply: (samples, numbers) =>
          tf.customGrad((x) => ({
            value: tf.add(x as tf.Tensor, numbers),
            gradFunc: (dy: tf.Tensor) => tf.mul(dy, 0),
          }))(samples),
      },
      fails: ['has the gradient that central differences give'],
    },
    {
      what: 'a tensor kept',
      change: {
        apply: (samples, numbers) => {
          kept.push(tf.keep(tf.scalar(1)));
          return tf.add(samples, numbers);
        },
      },
      fails: ['leaves no tensors behind'],
    },
  ];

  it.each(broken)('finds $what', async ({ change, fails }) => {
    const failed = await failedChecks(augmentationChecks(subjectOf({ ...shift, ...change })));
    tf.dispose(kept);
    expect(failed).toEqual(fails);
  });
});
