import { isGanError, RandomStream } from '@dist-gan/core';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { mlp } from './mlp.js';

const plane = { sampleShape: [2], latentDimension: 3 };

describeArchitecture('mlp for points', {
  architecture: mlp({ hiddenUnits: [7, 6] }),
  shape: plane,
  parameters: {
    generator: 3 * 7 + 7 + 7 * 6 + 6 + 6 * 2 + 2,
    encoder: 2 * 7 + 7 + 7 * 6 + 6 + 6 * 3 + 3,
    discriminator: 2 * 7 + 7 + 7 * 6 + 6 + 6 * 1 + 1,
    'gaussian-encoder': 2 * 7 + 7 + 7 * 6 + 6 + 2 * (6 * 3 + 3),
    'joint-discriminator': 5 * 7 + 7 + 7 * 6 + 6 + 6 * 1 + 1,
    'latent-discriminator': 3 * 7 + 7 + 7 * 6 + 6 + 6 * 1 + 1,
    autoencoder: 2 * 7 + 7 + 7 * 6 + 6 + 6 * 2 + 2,
    'recognition-discriminator': 2 * 7 + 7 + 7 * 6 + 6 + 6 * 1 + 1 + 6 * 3 + 3,
    'set-discriminator': 2 * 7 + 7 + 7 * 6 + 6 + 6 * 1 + 1,
    'two-set-discriminator': 2 * 7 + 7 + 7 * 6 + 6 + 6 * 1 + 1,
  },
  featureDimension: 6,
  unsupported: [
    { sampleShape: [], latentDimension: 3 },
    { sampleShape: [0], latentDimension: 3 },
    { sampleShape: [2], latentDimension: 0.5 },
  ],
});

describeArchitecture('mlp for images, leaky and linear', {
  architecture: mlp({ hiddenUnits: [6], activation: 'leaky-relu', outputActivation: 'linear' }),
  shape: { sampleShape: [3, 4, 2], latentDimension: 5 },
  parameters: {
    generator: 5 * 6 + 6 + 6 * 24 + 24,
    encoder: 24 * 6 + 6 + 6 * 5 + 5,
    discriminator: 24 * 6 + 6 + 6 * 1 + 1,
    'gaussian-encoder': 24 * 6 + 6 + 2 * (6 * 5 + 5),
    'joint-discriminator': 29 * 6 + 6 + 6 * 1 + 1,
    'latent-discriminator': 5 * 6 + 6 + 6 * 1 + 1,
    autoencoder: 24 * 6 + 6 + 6 * 24 + 24,
    'recognition-discriminator': 24 * 6 + 6 + 6 * 1 + 1 + 6 * 5 + 5,
    'set-discriminator': 24 * 6 + 6 + 6 * 1 + 1,
    'two-set-discriminator': 24 * 6 + 6 + 6 * 1 + 1,
  },
  featureDimension: 6,
});

describeArchitecture('mlp with spectral norm', {
  architecture: mlp({ hiddenUnits: [8], activation: 'tanh', discriminatorSpectralNorm: true }),
  shape: plane,
  parameters: {
    generator: 3 * 8 + 8 + 8 * 2 + 2,
    encoder: 2 * 8 + 8 + 8 * 3 + 3,
    discriminator: 2 * 8 + 8 + 8 * 1 + 1,
    'gaussian-encoder': 2 * 8 + 8 + 2 * (8 * 3 + 3),
    'joint-discriminator': 5 * 8 + 8 + 8 * 1 + 1,
    'latent-discriminator': 3 * 8 + 8 + 8 * 1 + 1,
    autoencoder: 2 * 8 + 8 + 8 * 2 + 2,
    'recognition-discriminator': 2 * 8 + 8 + 8 * 1 + 1 + 8 * 3 + 3,
    'set-discriminator': 2 * 8 + 8 + 8 * 1 + 1,
    'two-set-discriminator': 2 * 8 + 8 + 8 * 1 + 1,
  },
});

describeArchitecture('mlp with tanh', {
  architecture: mlp({ hiddenUnits: [4], activation: 'tanh' }),
  shape: plane,
  parameters: {
    generator: 3 * 4 + 4 + 4 * 2 + 2,
    encoder: 2 * 4 + 4 + 4 * 3 + 3,
    discriminator: 2 * 4 + 4 + 4 * 1 + 1,
    'gaussian-encoder': 2 * 4 + 4 + 2 * (4 * 3 + 3),
    'joint-discriminator': 5 * 4 + 4 + 4 * 1 + 1,
    'latent-discriminator': 3 * 4 + 4 + 4 * 1 + 1,
    autoencoder: 2 * 4 + 4 + 4 * 2 + 2,
    'recognition-discriminator': 2 * 4 + 4 + 4 * 1 + 1 + 4 * 3 + 3,
    'set-discriminator': 2 * 4 + 4 + 4 * 1 + 1,
    'two-set-discriminator': 2 * 4 + 4 + 4 * 1 + 1,
  },
});

describe('mlp', () => {
  it('has the networks of the two-dimensional experiments by default', () => {
    const shape = { sampleShape: [2], latentDimension: 2 };
    const hidden = 2 * 128 + 128 + 2 * (128 * 128 + 128);
    const counts = mlp().kinds.map((kind) => {
      const sampleShape = kind.endsWith('set-discriminator') ? [6, 2] : [2];
      const network = mlp().build(kind, { ...shape, sampleShape }, RandomStream.fromSeed(0));
      const count = network.countParams();
      network.dispose();
      return [kind, count];
    });
    expect(Object.fromEntries(counts)).toEqual({
      generator: hidden + 128 * 2 + 2,
      encoder: hidden + 128 * 2 + 2,
      discriminator: hidden + 128 * 1 + 1,
      'gaussian-encoder': hidden + 2 * (128 * 2 + 2),
      'joint-discriminator': hidden + 2 * 128 + 128 * 1 + 1,
      'latent-discriminator': hidden + 128 * 1 + 1,
      autoencoder: hidden + 128 * 2 + 2,
      'recognition-discriminator': hidden + 128 * 1 + 1 + 128 * 2 + 2,
      'set-discriminator': hidden + 128 * 1 + 1,
      'two-set-discriminator': hidden + 128 * 1 + 1,
    });
  });

  it('judges a set whatever the order of its samples, and two halves by how they differ', () => {
    const shape = { sampleShape: [4, 2], latentDimension: 2 };
    const networks = mlp({ hiddenUnits: [5, 4] });
    const [sets, pairs] = (['set-discriminator', 'two-set-discriminator'] as const).map((kind) =>
      networks.build(kind, shape, RandomStream.fromSeed(3)),
    );
    const logit = (network: typeof sets, set: number[][]) =>
      tf.tidy(() => (network.predict(tf.tensor3d([set])) as tf.Tensor[])[0].dataSync()[0]);
    const [a, b, c, d] = [
      [0.1, 0.9],
      [0.7, 0.2],
      [0.4, 0.4],
      [1, 0.3],
    ];
    expect(logit(sets, [d, b, a, c])).toBeCloseTo(logit(sets, [a, b, c, d]), 5);
    expect(logit(pairs, [c, d, a, b])).toBeCloseTo(logit(pairs, [a, b, c, d]), 5);
    expect(logit(pairs, [a, b, b, a])).toBeCloseTo(logit(pairs, [c, d, d, c]), 5);
    expect(logit(pairs, [a, b, c, d])).not.toBeCloseTo(logit(pairs, [a, b, b, a]), 4);
    sets.dispose();
    pairs.dispose();
  });

  it('starts from biases of 0 and kernels of variance 2 / fan_in', () => {
    const network = mlp({ hiddenUnits: [200] }).build(
      'encoder',
      { sampleShape: [100], latentDimension: 100 },
      RandomStream.fromSeed(5),
    );
    const weights = network.getWeights().map((weight) => Array.from(weight.dataSync()));
    network.dispose();
    const variance = (values: number[]): number =>
      values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    // The variance of n normal draws deviates by sqrt(2 / n) of itself: 1 % of it for n = 20,000.
    expect(variance(weights[0]) / (2 / 100)).toBeCloseTo(1, 1);
    expect(variance(weights[2]) / (2 / 200)).toBeCloseTo(1, 1);
    expect(weights[1]).toEqual(new Array(200).fill(0));
    expect(weights[3]).toEqual(new Array(100).fill(0));
  });

  it.each([
    [{ hiddenUnit: [4] }, 'mlp.hiddenUnit is not an option; did you mean hiddenUnits?'],
    [{ hiddenUnits: [] }, 'mlp.hiddenUnits: must list at least one layer'],
    [{ hiddenUnits: [4, 0] }, 'mlp.hiddenUnits.1: must be 1 or more (got 0)'],
    [{ activation: 'gelu' }, 'mlp.activation: must be one of relu, leaky-relu, tanh (got "gelu")'],
  ])('refuses %j', (options, message) => {
    let error: unknown;
    try {
      mlp(options as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(isGanError(error, 'OPTION_INVALID')).toBe(true);
    expect((error as Error).message).toContain(message);
  });
});
