import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { OptimizerOptions } from '@dist-gan/core';
import { updateRule } from './update-rule.js';

const start = [0.5, -1, 2, 0];
const gradients = [
  [0.1, -2, 0.003, 1],
  [0.2, -1, 0.002, -1],
  [-0.5, 3, 0.001, 0],
  [0.4, 0.25, -0.004, 0.5],
];

/** The weight after each call, by the rule under test. */
function updated(options: OptimizerOptions): number[][] {
  const rule = updateRule(options);
  const weight = tf.tidy(() => tf.variable(tf.tensor2d(start, [2, 2])));
  const slots = Object.fromEntries(
    Object.entries(rule.slots).map(([name, value]) => [
      name,
      tf.tidy(() => tf.variable(tf.fill([2, 2], value))),
    ]),
  );
  const weights = gradients.map((gradient, i) => {
    const rate = rule.rate(options.learningRate, i + 1);
    tf.tidy(() =>
      rule.update({ weight, gradient: tf.tensor2d(gradient, [2, 2]), slots, rate: tf.scalar(rate) }),
    );
    return Array.from(weight.dataSync());
  });
  tf.dispose([weight, slots]);
  return weights;
}

/** The weight after each call, in float64: `change` gives the step of one number from its gradients so far. */
function expected(change: (gradientsSoFar: number[]) => number): number[][] {
  const weights = [...start];
  return gradients.map((_, call) => {
    for (let k = 0; k < weights.length; k++) {
      weights[k] -= change(gradients.slice(0, call + 1).map((gradient) => gradient[k]));
    }
    return [...weights];
  });
}

function expectClose(actual: number[][], wanted: number[][]): void {
  actual.flat().forEach((value, i) => expect(Math.abs(value - wanted.flat()[i])).toBeLessThan(2e-6));
}

/** (1 - decay) * sum of decay^(t - i) * values[i]: what a moving average that begins with 0 unrolls to. */
const average = (values: number[], decay: number) =>
  values.reduce((sum, value, i) => sum + (1 - decay) * decay ** (values.length - 1 - i) * value, 0);

describe('adam', () => {
  it.each([
    { beta1: 0.8, beta2: 0.999 },
    { beta1: 0, beta2: 0.9 },
  ])('equals its unrolled sums in float64: %o', ({ beta1, beta2 }) => {
    const learningRate = 0.05;
    const wanted = expected((g) => {
      const firstMoment = average(g, beta1);
      const secondMoment = average(
        g.map((value) => value ** 2),
        beta2,
      );
      const rate = (learningRate * Math.sqrt(1 - beta2 ** g.length)) / (1 - beta1 ** g.length);
      return (rate * firstMoment) / (Math.sqrt(secondMoment) + 1e-8);
    });
    expectClose(updated({ id: 'adam', learningRate, beta1, beta2 }), wanted);
  });

  it('adds epsilon to the root before the bias correction, as TensorFlow does', () => {
    // After one call m = (1 - b1) g and v = (1 - b2) g^2: the change is lr * g / (|g| + epsilon / sqrt(1 - b2)).
    const [learningRate, beta2, epsilon] = [0.1, 0.99, 0.5];
    const wanted = start.map((weight, k) => {
      const g = gradients[0][k];
      return weight - (learningRate * g) / (Math.abs(g) + epsilon / Math.sqrt(1 - beta2));
    });
    const [first] = updated({ id: 'adam', learningRate, beta1: 0.5, beta2, epsilon });
    expectClose([first], [wanted]);
  });
});

describe('rmsprop', () => {
  it.each([
    { decay: 0.9, epsilon: 1e-10 },
    { decay: 0.5, epsilon: 0.1 },
  ])('equals its unrolled sums in float64: %o', ({ decay, epsilon }) => {
    const wanted = expected((g) => {
      const meanSquare =
        decay ** g.length +
        average(
          g.map((value) => value ** 2),
          decay,
        );
      return (0.05 * g.at(-1)!) / Math.sqrt(meanSquare + epsilon);
    });
    expectClose(updated({ id: 'rmsprop', learningRate: 0.05, decay, epsilon }), wanted);
  });

  it('has decay 0.9 and epsilon 1e-10 unless told otherwise', () => {
    expect(updated({ id: 'rmsprop', learningRate: 0.05 })).toEqual(
      updated({ id: 'rmsprop', learningRate: 0.05, decay: 0.9, epsilon: 1e-10 }),
    );
  });
});

describe('sgd', () => {
  it('goes down the gradient', () => {
    expectClose(
      updated({ id: 'sgd', learningRate: 0.1 }),
      expected((g) => 0.1 * g.at(-1)!),
    );
  });
});
