import type { Method, PhaseContext } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withoutOtherNetworks } from '../../test/contexts.js';
import { aae } from './aae.js';
import { ali, bigan } from './ali.js';
import { mdgan } from './mdgan.js';
import { vaegan } from './vaegan.js';

/* One number a sample: G(z) = 2 z, E(x) = x / 4 (of variance 0.25 where it has one), D(x) = x, of pairs x - z. */
const real = [1, -0.5];
const latents = [0.25, 1];
const noise = [2, -1];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const column = (values: readonly number[]): tf.Tensor2D => tf.tensor2d([...values], [2, 1]);

const context = (): PhaseContext => ({
  ...withoutOtherNetworks,
  inputs: { real: column(real), latents: column(latents), noise: column(noise) },
  variables: {},
  generate: (z) => ({ samples: tf.mul(2, z) }),
  encode: (x) => tf.div<tf.Tensor2D>(x, 4),
  encodeDistribution: (x) => ({
    mean: tf.div<tf.Tensor2D>(x, 4),
    logVariance: tf.fill<tf.Rank.R2>([2, 1], Math.log(0.25)),
  }),
  discriminate: (x, role = 'discriminator') => {
    const logits = 'samples' in x ? tf.sub<tf.Tensor2D>(x.samples, x.latents) : (x as tf.Tensor2D);
    // The second discriminator of MDGAN is told apart by its sign.
    return {
      logits: role === 'diffusion-discriminator' ? tf.neg(logits) : logits,
      features: tf.mul<tf.Tensor2D>(3, logits),
    };
  },
  weights: () => [],
});

const totals = (method: Method): Record<string, number> =>
  Object.fromEntries(
    method.phases.map((phase) => [phase.name, tf.tidy(() => phase.loss(context()).total.dataSync()[0])]),
  );

const codes = real.map((x) => x / 4);
const drawnCodes = codes.map((code, i) => code + 0.5 * noise[i]);
const fake = latents.map((z) => 2 * z);

describe.each([
  [ali(), drawnCodes],
  [bigan(), codes],
] as const)('pairs of a sample and its latents', (method, encoded) => {
  it(`have the losses of a derivation by hand: ${method.id}`, () => {
    const ofCodes = real.map((x, i) => x - encoded[i]);
    const ofLatents = fake.map((x, i) => x - latents[i]);
    const { discriminator, generator } = totals(method);
    expect(discriminator).toBeCloseTo(
      mean(ofCodes.map((x) => softplus(-x))) + mean(ofLatents.map(softplus)),
      5,
    );
    expect(generator).toBeCloseTo(mean(ofCodes.map(softplus)) + mean(ofLatents.map((x) => softplus(-x))), 5);
    expect(method.phases.map(({ updates }) => updates)).toEqual([
      ['discriminator'],
      ['generator', 'encoder'],
    ]);
  });
});

it.each([
  ['samples', 1],
  ['features', 3],
] as const)('vaegan has the losses of a derivation by hand: %s', (reconstructionSpace, scale) => {
  const method = vaegan({ reconstructionSpace, reconstructionWeight: 0.5, divergenceWeight: 2 });
  const decoded = drawnCodes.map((code) => 2 * code);
  const error = mean(real.map((x, i) => (scale * (x - decoded[i])) ** 2 / 2));
  const divergence = mean(codes.map((code) => (code ** 2 + 0.25 - 1 - Math.log(0.25)) / 2));
  const { encoder, generator, discriminator } = totals(method);
  expect(encoder).toBeCloseTo(error + 2 * divergence, 5);
  expect(generator).toBeCloseTo(
    mean(fake.map((x) => softplus(-x))) + mean(decoded.map((x) => softplus(-x))) + 0.5 * error,
    5,
  );
  expect(discriminator).toBeCloseTo(
    mean(real.map((x) => softplus(-x))) + mean(decoded.map(softplus)) + mean(fake.map(softplus)),
    5,
  );
  expect(method.phases.map(({ updates }) => updates)).toEqual([
    ['encoder'],
    ['generator'],
    ['discriminator'],
  ]);
});

it.each([
  ['absolute', (x: number) => Math.abs(x)],
  ['squares', (x: number) => x * x],
] as const)('aae has the losses of a derivation by hand: %s', (reconstructionError, measure) => {
  const method = aae({ reconstructionError, reconstructionWeight: 0.9, adversarialWeight: 0.1 });
  const error = mean(real.map((x, i) => measure(x - 2 * codes[i])));
  const { autoencoder, discriminator } = totals(method);
  expect(autoencoder).toBeCloseTo(0.9 * error + 0.1 * mean(codes.map((z) => softplus(-z))), 5);
  expect(discriminator).toBeCloseTo(mean(latents.map((z) => softplus(-z))) + mean(codes.map(softplus)), 5);
});

it('mdgan has the losses of a derivation by hand, in its order', () => {
  const method = mdgan({ scoreWeight: 0.5 });
  const decoded = codes.map((code) => 2 * code);
  const { manifold, reconstruction, diffusion, generator } = totals(method);
  expect(manifold).toBeCloseTo(mean(real.map((x) => softplus(-x))) + mean(decoded.map(softplus)), 5);
  expect(reconstruction).toBeCloseTo(
    mean(real.map((x, i) => (x - decoded[i]) ** 2)) - 0.5 * mean(decoded.map(sigmoid)),
    5,
  );
  expect(diffusion).toBeCloseTo(mean(decoded.map(softplus)) + mean(fake.map((x) => softplus(-x))), 5);
  expect(generator).toBeCloseTo(mean(fake.map(softplus)), 5);
  expect(method.phases.map(({ updates }) => updates)).toEqual([
    ['manifold-discriminator'],
    ['encoder', 'generator'],
    ['diffusion-discriminator'],
    ['generator'],
  ]);
});
