import type { Method, PhaseContext, PhaseInput } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { r1, r2 } from '../regularisers/zero-centred-penalties.js';
import { withoutOtherNetworks } from '../../test/contexts.js';
import { gan } from './gan.js';
import { dragan } from './dragan.js';
import { lsgan } from './lsgan.js';
import { r3gan } from './r3gan.js';
import { rpGan } from './rp-gan.js';
import { snGan } from './sn-gan.js';
import { wganGp } from './wgan-gp.js';
import { wgan } from './wgan.js';

/* Two samples a batch; D(x) = 3 x1 - 4 x2, so that its gradient has length 5; G is the identity. */
const real = [
  [1, 0.5],
  [0, 0.25],
];
const latents = [
  [0.5, 0.5],
  [1, 0],
];
const realLogits = [1, -1];
const fakeLogits = [-0.5, 3];

function contextFor(inputs: readonly PhaseInput[], weights: readonly tf.Variable[] = []): PhaseContext {
  const values: Record<string, number[][]> = {
    real,
    latents,
    coefficients: [[0.25], [0.75]],
    perturbations: [
      [0.5, -1],
      [2, 0],
    ],
  };
  return {
    ...withoutOtherNetworks,
    inputs: Object.fromEntries(inputs.map(({ name }) => [name, tf.tensor2d(values[name])])),
    variables: {},
    generate: (z) => ({ samples: z }),
    encode: (x) => x as tf.Tensor2D,
    discriminate: (x) => ({
      logits: tf.matMul(x as tf.Tensor2D, tf.tensor2d([[3], [-4]])),
      features: x as tf.Tensor2D,
    }),
    weights: (role) => (role === 'discriminator' ? weights : []),
  };
}

function totals(method: Method): Record<string, number> {
  return Object.fromEntries(
    method.phases.map((phase) => [
      phase.name,
      tf.tidy(() => phase.loss(contextFor(phase.inputs)).total.dataSync()[0]),
    ]),
  );
}

const mean = (values: readonly number[], f: (value: number) => number): number =>
  (f(values[0]) + f(values[1])) / 2;
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const crossEntropy = mean(realLogits, (x) => softplus(-x)) + mean(fakeLogits, softplus);

const cases: { title: string; method: Method; discriminator: number; generator: number }[] = [
  {
    title: 'gan',
    method: gan(),
    discriminator: crossEntropy,
    generator: mean(fakeLogits, (x) => softplus(-x)),
  },
  {
    title: 'gan, saturating',
    method: gan({ generatorLoss: 'minimax' }),
    discriminator: crossEntropy,
    generator: -mean(fakeLogits, softplus),
  },
  {
    title: 'lsgan',
    method: lsgan(),
    discriminator: (mean(realLogits, (x) => (x - 1) ** 2) + mean(fakeLogits, (x) => x ** 2)) / 2,
    generator: mean(fakeLogits, (x) => (x - 1) ** 2) / 2,
  },
  { title: 'wgan', method: wgan(), discriminator: 1.25, generator: -1.25 },
  { title: 'wgan-gp', method: wganGp(), discriminator: 1.25 + 10 * (5 - 1) ** 2, generator: -1.25 },
  {
    title: 'dragan',
    method: dragan({ penaltyWeight: 3 }),
    discriminator: crossEntropy + 3 * (5 - 1) ** 2,
    generator: mean(fakeLogits, (x) => softplus(-x)),
  },
  { title: 'sn-gan, hinge', method: snGan(), discriminator: 1 + 2.25, generator: -1.25 },
  {
    title: 'sn-gan, log',
    method: snGan({ loss: 'log' }),
    discriminator: crossEntropy,
    generator: mean(fakeLogits, (x) => softplus(-x)),
  },
  // Pairs: 1 beside -0.5, -1 beside 3; against averages: real ones 0, generated ones 1.25.
  {
    title: 'rp-gan, pairs',
    method: rpGan(),
    discriminator: (softplus(-1.5) + softplus(4)) / 2,
    generator: (softplus(1.5) + softplus(-4)) / 2,
  },
  {
    title: 'rp-gan, averages',
    method: rpGan({ against: 'average' }),
    discriminator: mean(realLogits, (x) => softplus(1.25 - x)) + mean(fakeLogits, softplus),
    generator: mean(fakeLogits, (x) => softplus(-x)) + mean(realLogits, (x) => softplus(x - 1.25)),
  },
  {
    title: 'r3gan',
    method: r3gan({ gamma: 0.5 }),
    discriminator: (softplus(-1.5) + softplus(4)) / 2 + 0.25 * (25 + 25),
    generator: (softplus(1.5) + softplus(-4)) / 2,
  },
];

it.each(cases)('$title has the losses of a float64 derivation', ({ method, discriminator, generator }) => {
  const actual = totals(method);
  expect(actual['discriminator'] / discriminator).toBeCloseTo(1, 5);
  expect(actual['generator'] / generator).toBeCloseTo(1, 5);
});

it('r3gan is a composition of rp-gan and two penalties, to the digit', () => {
  const composed = rpGan({ penalties: [r1({ gamma: 1 }), r2({ gamma: 1 })] });
  expect(totals(composed)).toEqual(totals(r3gan()));
  expect(composed.phases.map(({ inputs }) => inputs)).toEqual(r3gan().phases.map(({ inputs }) => inputs));
});

it('has another step size for the generator where one is asked for, and the record of none where not', () => {
  const rates = (method: Method) => method.phases.map(({ optimizer }) => optimizer.learningRate);
  const options = { learningRate: 1e-4, generatorLearningRate: 1e-3 };
  for (const make of [gan, lsgan, wganGp, dragan, snGan, rpGan, r3gan]) {
    expect(rates(make(options))).toEqual([1e-4, 1e-3]);
    expect(make(options).options).toMatchObject(options);
    expect(make().options).not.toHaveProperty('generatorLearningRate');
    expect(() => make({ generatorLearningRate: 0 })).toThrow('generatorLearningRate');
  }
});

describe('wgan', () => {
  it("clips the critic's weights after each of its updates, and only those", () => {
    const [discriminator, generator] = wgan({ weightLimit: 0.25 }).phases;
    expect('after' in generator).toBe(false);
    const weight = tf.tidy(() => tf.variable(tf.tensor1d([-3, -0.25, 0.125, 0.5])));
    discriminator.after!(contextFor([], [weight]), {});
    expect([...weight.dataSync()]).toEqual([-0.25, -0.25, 0.125, 0.25]);
    weight.dispose();
  });

  it('has five critic updates a step by default, with RMSProp', () => {
    const { phases } = wgan();
    expect(phases.map(({ name, repeats }) => [name, repeats])).toEqual([
      ['discriminator', 5],
      ['generator', 1],
    ]);
    expect(phases[0].optimizer).toEqual({ id: 'rmsprop', learningRate: 5e-5 });
  });
});
