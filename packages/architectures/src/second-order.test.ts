/**
 * The gradient penalty of every discriminator, differentiated: what a penalty trains with. Checked against
 * central differences of the penalty, along the direction of its own gradient.
 */
import type { Architecture } from '@dist-gan/core';
import { RandomStream } from '@dist-gan/core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gaussian1d } from './gaussian-1d/gaussian-1d.js';
import { mlp } from './mlp/mlp.js';
import { mnistDcgan } from './mnist-dcgan/mnist-dcgan.js';

beforeAll(() => void installSecondOrderGradients());
afterAll(() => void uninstallSecondOrderGradients());

const batchSize = 4;

const cases: { what: string; architecture: Architecture; sampleShape: number[] }[] = [
  { what: 'mlp with relu', architecture: mlp({ hiddenUnits: [8, 8] }), sampleShape: [2] },
  {
    what: 'mlp with leaky-relu',
    architecture: mlp({ hiddenUnits: [8, 8], activation: 'leaky-relu' }),
    sampleShape: [2],
  },
  { what: 'mlp with tanh', architecture: mlp({ hiddenUnits: [8, 8], activation: 'tanh' }), sampleShape: [2] },
  { what: 'gaussian-1d', architecture: gaussian1d({ hiddenUnits: 8 }), sampleShape: [1] },
  { what: 'mnist-dcgan, head', architecture: mnistDcgan({ width: 2 }), sampleShape: [28, 28, 1] },
  {
    what: 'mnist-dcgan, GAAN',
    architecture: mnistDcgan({ form: 'gaan', width: 2 }),
    sampleShape: [28, 28, 1],
  },
];

it.each(cases)('$what', ({ architecture, sampleShape }) => {
  const network = architecture.build(
    'discriminator',
    { sampleShape, latentDimension: 2 },
    RandomStream.fromSeed(2),
  );
  const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const count = sampleShape.reduce((product, length) => product * length, batchSize);
  const samples = tf.tensor(RandomStream.fromSeed(3).uniform(count), [batchSize, ...sampleShape]);

  /** Mean of the squared entries of the logits' gradient with respect to the samples. */
  const penalty = (): tf.Scalar => {
    const logit = (x: tf.Tensor): tf.Tensor =>
      tf.sum((network.apply(x, { training: true }) as tf.Tensor[])[0]);
    return tf.mean(tf.square(tf.grad(logit)(samples)));
  };

  tf.tidy(() => {
    const { value, grads } = tf.variableGrads(penalty, variables);
    // The last bias moves the logit, not its slope: TensorFlow.js gives it no gradient.
    const gradients = variables.map(
      (variable) => (grads[variable.name] as tf.Tensor | null) ?? tf.zerosLike(variable),
    );
    const squaredNorm = tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))).dataSync()[0];
    expect(squaredNorm, 'squared norm of the gradient').toBeGreaterThan(0);

    // Along the gradient, a step of h changes the penalty by h times the squared norm of the gradient.
    const at = (h: number): number => {
      const kept = variables.map((variable) => tf.clone(variable));
      variables.forEach((variable, i) => variable.assign(tf.add(variable, tf.mul(h, gradients[i]))));
      const result = penalty().dataSync()[0];
      variables.forEach((variable, i) => variable.assign(kept[i]));
      return result;
    };
    // The penalty jumps where a unit crosses its kink, so the step must be small: it moves the penalty by
    // 1e-4 of itself, of which float32 keeps three digits.
    const h = (1e-4 * value.dataSync()[0]) / squaredNorm;
    const difference = (at(h) - at(-h)) / (2 * h);
    expect(difference / squaredNorm).toBeGreaterThan(0.99);
    expect(difference / squaredNorm).toBeLessThan(1.01);
  });
  samples.dispose();
  network.dispose();
});
