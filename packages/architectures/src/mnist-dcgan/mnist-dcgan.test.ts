import { RandomStream } from '@dist-gan/core';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import { describe, expect, it } from 'vitest';
import { mnistDcgan } from './mnist-dcgan.js';

const unsupported = [
  { sampleShape: [2], latentDimension: 3 },
  { sampleShape: [32, 32, 3], latentDimension: 3 },
];

describeArchitecture('mnist-dcgan, head', {
  architecture: mnistDcgan({ width: 1 }),
  shape: { sampleShape: [28, 28, 1], latentDimension: 3 },
  parameters: {
    // dense and batch norm, deconvolution and batch norm, dense, deconvolution and batch norm, deconvolution
    generator: 3 * 64 + 2 * 64 + 25 * 4 * 2 + 2 * 2 + 128 * 98 + 98 + 25 * 2 * 1 + 2 * 1 + 25 * 1 * 1 + 1,
    // convolution, twice convolution and batch norm, dense
    encoder: 25 * 1 * 1 + 1 + 25 * 1 * 2 + 2 * 2 + 25 * 2 * 4 + 2 * 4 + 64 * 3 + 3,
    discriminator: 25 * 1 * 1 + 1 + 25 * 1 * 2 + 2 * 2 + 25 * 2 * 4 + 2 * 4 + 64 * 1 + 1,
  },
  featureDimension: 4 * 4 * 4,
  unsupported,
});

describeArchitecture('mnist-dcgan, head, of three classes', {
  architecture: mnistDcgan({ width: 1, classes: 3 }),
  shape: { sampleShape: [28, 28, 1], latentDimension: 3 },
  parameters: {
    // As above, with a scale and an offset for each class in the three batch norms, of 64, 2 and 1 channels.
    generator: 3 * 64 + 3 * 2 * 64 + 25 * 4 * 2 + 3 * 2 * 2 + 128 * 98 + 98 + 25 * 2 * 1 + 3 * 2 * 1 + 25 + 1,
    encoder: 25 * 1 * 1 + 1 + 25 * 1 * 2 + 2 * 2 + 25 * 2 * 4 + 2 * 4 + 64 * 3 + 3,
    // As above, and a row of the projection for each class.
    discriminator: 25 * 1 * 1 + 1 + 25 * 1 * 2 + 2 * 2 + 25 * 2 * 4 + 2 * 4 + 64 * 1 + 1 + 3 * 64,
  },
  featureDimension: 4 * 4 * 4,
  unsupported,
});

describe('mnist-dcgan with classes', () => {
  it('refuses the form without batch norm, and a single class', () => {
    expect(() => mnistDcgan({ form: 'gaan', classes: 10 })).toThrow(
      'mnist-dcgan.classes: the form gaan has no batch norm that a class could condition (got 10); take the form head',
    );
    expect(() => mnistDcgan({ classes: 1 })).toThrow('mnist-dcgan.classes: must be 2 or more');
  });
});

describeArchitecture('mnist-dcgan, GAAN', {
  architecture: mnistDcgan({ form: 'gaan', width: 1 }),
  shape: { sampleShape: [28, 28, 2], latentDimension: 3 },
  parameters: {
    generator: 3 * 128 + 128 + 25 * 8 * 4 + 4 + 25 * 4 * 2 + 2 + 25 * 2 * 2 + 2,
    encoder: 25 * 2 * 1 + 1 + 25 * 1 * 2 + 2 + 25 * 2 * 4 + 4 + 64 * 3 + 3,
    discriminator: 25 * 2 * 1 + 1 + 25 * 1 * 2 + 2 + 25 * 2 * 4 + 4 + 64 * 1 + 1,
  },
  featureDimension: 4 * 4 * 4,
  unsupported,
});

describe('mnist-dcgan at full width', () => {
  const shape = { sampleShape: [28, 28, 1], latentDimension: 100 };

  it.each([
    ['head', 'encoder', 25 * 64 + 64 + 25 * 64 * 128 + 256 + 25 * 128 * 256 + 512 + 4096 * 100 + 100],
    ['head', 'discriminator', 25 * 64 + 64 + 25 * 64 * 128 + 256 + 25 * 128 * 256 + 512 + 4096 + 1],
    ['gaan', 'generator', 100 * 8192 + 8192 + 25 * 512 * 256 + 256 + 25 * 256 * 128 + 128 + 25 * 128 * 1 + 1],
    ['gaan', 'discriminator', 25 * 64 + 64 + 25 * 64 * 128 + 128 + 25 * 128 * 256 + 256 + 4096 + 1],
  ] as const)('%s: the %s has %i trainable numbers', (form, kind, count) => {
    const network = mnistDcgan({ form }).build(kind, shape, RandomStream.fromSeed(0));
    const numbers = network.trainableWeights.map((weight) => weight.read().size);
    network.dispose();
    expect(numbers.reduce((sum, number) => sum + number, 0)).toBe(count);
  });

  it('draws from the ranges of the two forms', () => {
    const largest = (form: 'head' | 'gaan'): number[] => {
      const network = mnistDcgan({ form }).build('discriminator', shape, RandomStream.fromSeed(0));
      const kernels = network.getWeights().filter(({ rank }) => rank > 1);
      const results = kernels.map((kernel) =>
        Array.from(kernel.dataSync()).reduce((max, value) => Math.max(max, Math.abs(value)), 0),
      );
      network.dispose();
      return results;
    };
    const expectWithin = (actual: number[], limits: number[]): void => {
      for (const [i, limit] of limits.entries()) {
        expect(actual[i] / limit).toBeLessThanOrEqual(1);
        // Of 1,600 uniform draws or more, the largest is below 0.99 of the limit once in 10 million.
        expect(actual[i] / limit).toBeGreaterThan(0.99);
      }
    };
    expectWithin(largest('head'), [
      Math.sqrt(6 / (25 * 1 + 25 * 64)),
      Math.sqrt(6 / (25 * 64 + 25 * 128)),
      Math.sqrt(6 / (25 * 128 + 25 * 256)),
      Math.sqrt(6 / (4096 + 1)),
    ]);
    // fan_out of a convolution with stride 2 is a quarter of its window times its filters.
    expectWithin(largest('gaan'), [
      Math.sqrt(3) * Math.sqrt(4 / (25 * 1 + (25 * 64) / 4)),
      Math.sqrt(3) * Math.sqrt(4 / (25 * 64 + (25 * 128) / 4)),
      Math.sqrt(3) * Math.sqrt(4 / (25 * 128 + (25 * 256) / 4)),
      Math.sqrt(6 / (4096 + 1)),
    ]);
  });
});
