import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { failedChecks } from '../check.js';
import { describeLoss, lossChecks } from './loss-checks.js';
import type { LossSubject } from './loss-subject.js';

type Logits = Readonly<Record<'realLogits' | 'fakeLogits', tf.Tensor>>;

/** The discriminator's logistic loss and its derivation in float64. */
const logistic: LossSubject<'realLogits' | 'fakeLogits'> = {
  inputs: { realLogits: 'logits', fakeLogits: 'logits' },
  loss: ({ realLogits, fakeLogits }) =>
    tf.add(tf.mean(tf.softplus(tf.neg(realLogits))), tf.mean(tf.softplus(fakeLogits))),
  reference: ({ realLogits, fakeLogits }) =>
    mean(realLogits.map((logit) => Math.log1p(Math.exp(-logit)))) +
    mean(fakeLogits.map((logit) => Math.log1p(Math.exp(logit)))),
  gradientSigns: { realLogits: 'negative', fakeLogits: 'positive' },
};

describeLoss('a right loss', logistic);
describeLoss('a right loss without a reference', { ...logistic, reference: undefined });
describeLoss('a loss of points', {
  inputs: { points: { sampleShape: [3], range: [0, 1] } },
  loss: ({ points }) => tf.mean(tf.square(points)),
  reference: ({ points }) => mean(points.map((value) => value ** 2)),
});
describeLoss('a loss that leaves an input alone', {
  inputs: { realLogits: 'logits', fakeLogits: 'logits' },
  loss: ({ fakeLogits }) => tf.mean(tf.relu(tf.sub(1, fakeLogits))),
  gradientSigns: { realLogits: 'zero', fakeLogits: 'negative' },
});

describe('lossChecks', () => {
  const kept: tf.Tensor[] = [];
  let calls = 0;
  const broken: { what: string; change: Partial<typeof logistic>; fails: string[] }[] = [
    {
      what: 'a loss per sample',
      change: { loss: ({ realLogits }) => tf.softplus(realLogits), reference: undefined },
      fails: [
        'is a scalar',
        'is finite at logits of +-80',
        'takes logits of rank 1 and 2',
        'does not depend on the order of the batch',
        'has the gradient that central differences give',
        'pushes its inputs in the right direction',
        'leaves no tensors behind',
      ],
    },
    {
      what: 'a value that is read',
      change: {
        loss: (logits) => {
          const loss = logistic.loss(logits);
          return loss.dataSync()[0] > 1e9 ? tf.scalar(1e9) : loss;
        },
      },
      fails: ['is a pure function of its inputs'],
    },
    {
      what: 'a number drawn inside',
      change: {
        loss: (logits) => tf.add(logistic.loss(logits), 1e-6 * ++calls),
        reference: undefined,
      },
      fails: ['is a pure function of its inputs'],
    },
    {
      what: 'logits that are clipped far from 0',
      change: {
        loss: ({ realLogits, fakeLogits }) =>
          logistic.loss({
            realLogits: tf.clipByValue(realLogits, -20, 20),
            fakeLogits: tf.clipByValue(fakeLogits, -20, 20),
          }),
      },
      fails: ['equals its reference'],
    },
    {
      what: 'a size of the batch that is written down',
      change: {
        loss: ({ realLogits, fakeLogits }) =>
          tf.div(tf.add(tf.sum(tf.softplus(tf.neg(realLogits))), tf.sum(tf.softplus(fakeLogits))), 8),
      },
      fails: ['equals its reference'],
    },
    {
      what: 'a tensor kept by the gradient',
      change: {
        loss: (logits) => logistic.loss({ ...logits, fakeLogits: keptByGradient(kept, logits.fakeLogits) }),
      },
      fails: ['leaves no tensors behind'],
    },
    {
      what: 'a logarithm of a saturated sigmoid',
      change: { loss: sigmoidLogarithms },
      fails: ['is finite at logits of +-80', 'equals its reference'],
    },
    {
      what: 'a shape that only one rank gives',
      change: {
        loss: (logits) =>
          logits.realLogits.rank === 1 ? tf.mul(2, logistic.loss(logits)) : logistic.loss(logits),
      },
      fails: ['takes logits of rank 1 and 2'],
    },
    {
      what: 'weights by the place in the batch',
      change: { loss: byPlace, reference: undefined, gradientSigns: undefined },
      fails: ['does not depend on the order of the batch'],
    },
    {
      what: 'a sum for a mean',
      change: { loss: (logits) => tf.mul(8, logistic.loss(logits)) },
      fails: ['equals its reference', 'has the gradient that central differences give'],
    },
    {
      what: 'a wrong gradient',
      change: { loss: wrongGradient },
      fails: ['has the gradient that central differences give'],
    },
    {
      what: 'a wrong gradient, without a reference',
      change: { loss: wrongGradient, reference: undefined },
      fails: ['has the gradient that central differences give'],
    },
    {
      what: 'real and fake exchanged',
      change: {
        loss: ({ realLogits, fakeLogits }) =>
          logistic.loss({ realLogits: fakeLogits, fakeLogits: realLogits }),
        reference: undefined,
      },
      fails: ['pushes its inputs in the right direction'],
    },
    {
      what: 'a tensor kept',
      change: {
        loss: (logits) => {
          kept.push(tf.keep(tf.scalar(1)));
          return logistic.loss(logits);
        },
      },
      fails: ['leaves no tensors behind'],
    },
    {
      what: 'an input disposed',
      change: {
        loss: (logits) => {
          const loss = logistic.loss(logits);
          logits.fakeLogits.dispose();
          return loss;
        },
      },
      fails: ['leaves no tensors behind'],
    },
  ];

  it.each(broken)('finds $what', async ({ change, fails }) => {
    const failed = await failedChecks(lossChecks({ ...logistic, ...change }));
    tf.dispose(kept);
    expect(failed).toEqual(fails);
  });
});

function sigmoidLogarithms({ realLogits, fakeLogits }: Logits): tf.Tensor {
  const real = tf.mean(tf.log(tf.sigmoid(realLogits)));
  const fake = tf.mean(tf.log(tf.sub(1, tf.sigmoid(fakeLogits))));
  return tf.neg(tf.add(real, fake));
}

/** Each sample weighs as much as its place in the batch. */
function byPlace({ realLogits }: Logits): tf.Tensor {
  return tf.mean(tf.mul(tf.reshape(realLogits, [-1]), tf.range(0, realLogits.size)));
}

/** The right value with half the gradient. */
function wrongGradient(logits: Logits): tf.Tensor {
  const halve = tf.customGrad((x) => {
    const given = x as tf.Tensor;
    return { value: tf.clone(given), gradFunc: (dy: tf.Tensor) => tf.mul(dy, 0.5) };
  });
  return logistic.loss({ ...logits, fakeLogits: halve(logits.fakeLogits) });
}

/** The same logits, with a gradient that keeps a tensor. */
function keptByGradient(kept: tf.Tensor[], logits: tf.Tensor): tf.Tensor {
  const keeping = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => {
      kept.push(tf.keep(tf.scalar(1)));
      return dy;
    },
  }));
  return keeping(logits);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
