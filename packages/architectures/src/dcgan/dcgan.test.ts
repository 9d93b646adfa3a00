import type { BasicKind } from '../network/basic-kinds.js';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import { describe, it } from 'vitest';
import { convolution, dense, expectParameters, normalized } from '../../test/parameters.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { celebaDcgan } from './celeba-dcgan.js';
import { cifarDcgan } from './cifar-dcgan.js';

/** METHODS of the papers: three or four layers of these widths, their last feature maps of `smallest` pixels. */
function parameters(widths: readonly number[], smallest: number, latents: number): Record<BasicKind, number> {
  const [first, ...others] = widths;
  const last = widths[widths.length - 1];
  const down = convolution(5, 3, first) + sum(others.map((width, i) => normalized(5, widths[i], width)));
  const up = sum(others.map((width, i) => normalized(5, width, widths[i]))) + convolution(5, first, 3);
  return {
    // The dense layer has no bias, and its batch norm a scale and an offset for each of its units.
    generator: latents * smallest * last + 2 * smallest * last + up,
    encoder: down + dense(smallest * last, latents),
    discriminator: down + dense(smallest * last, 1),
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

describeArchitecture('cifar-dcgan, head', {
  ...tinyArchitecture('cifar-dcgan'),
  parameters: parameters([2, 4, 8], 1 * 1, 3),
  featureDimension: 8,
  unsupported: [
    { sampleShape: [2], latentDimension: 3 },
    { sampleShape: [28, 28, 1], latentDimension: 3 },
    { sampleShape: [8, 8, 3], latentDimension: 0 },
  ],
});

describeArchitecture('cifar-dcgan, 2018', {
  architecture: cifarDcgan({ form: '2018', width: 1 }),
  shape: { sampleShape: [16, 32, 3], latentDimension: 2 },
  parameters: parameters([1, 2, 4, 8], 1 * 2, 2),
  featureDimension: 1 * 2 * 8,
  unsupported: [{ sampleShape: [8, 8, 3], latentDimension: 3 }],
});

/** A scale and an offset for each further class in the generator's batch norms, and a row of the projection for each class. */
function conditioned(
  { generator, discriminator, ...others }: Record<BasicKind, number>,
  { classes, normalized, features }: { classes: number; normalized: number; features: number },
): Record<BasicKind, number> {
  return {
    ...others,
    generator: generator + (classes - 1) * 2 * normalized,
    discriminator: discriminator + classes * features,
  };
}

describeArchitecture('cifar-dcgan of three classes', {
  architecture: cifarDcgan({ width: 2, classes: 3 }),
  shape: tinyArchitecture('cifar-dcgan').shape,
  parameters: conditioned(parameters([2, 4, 8], 1 * 1, 3), {
    classes: 3,
    // The dense layer's units, and the channels of two of the three convolutions.
    normalized: 8 + 4 + 2,
    features: 8,
  }),
  featureDimension: 8,
});

describeArchitecture('celeba-dcgan', {
  ...tinyArchitecture('celeba-dcgan'),
  parameters: parameters([1, 2, 4, 8], 1 * 1, 3),
  featureDimension: 8,
});

describe('the DCGANs at full width have the numbers of the papers', () => {
  const cifar = { sampleShape: [32, 32, 3], latentDimension: 128 };
  const celeba = { sampleShape: [64, 64, 3], latentDimension: 100 };

  it('cifar-dcgan, head', () =>
    expectParameters(cifarDcgan(), cifar, parameters([128, 256, 512], 4 * 4, 128)));

  it('cifar-dcgan, 2018', () =>
    expectParameters(cifarDcgan({ form: '2018' }), cifar, parameters([64, 128, 256, 512], 2 * 2, 128)));

  it('celeba-dcgan', () =>
    expectParameters(celebaDcgan(), celeba, parameters([128, 256, 512, 1024], 4 * 4, 100)));

  it('celeba-dcgan at the width of 2018', () =>
    expectParameters(celebaDcgan({ width: 64 }), celeba, parameters([64, 128, 256, 512], 4 * 4, 100)));
});
