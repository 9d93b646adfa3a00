import type { NetworkKind } from '@dist-gan/core';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import { describe, expect, it } from 'vitest';
import { convolution, dense, expectParameters, normalized } from '../../test/parameters.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { stackedMnist } from './stacked-mnist.js';

/** g and d: channels of the generator's last hidden layer and of the discriminator's first. */
function parameters(k: number, g: number, d: number, latents: number): Record<NetworkKind, number> {
  const discriminatorLayer = k === 3 ? normalized : convolution;
  return {
    generator:
      latents * 16 * 8 * g +
      2 * 16 * 8 * g +
      normalized(k, 8 * g, 4 * g) +
      normalized(k, 4 * g, 2 * g) +
      normalized(k, 2 * g, g) +
      convolution(k, g, 3),
    encoder:
      convolution(k, 3, g) +
      convolution(k, g, 2 * g) +
      convolution(k, 2 * g, 4 * g) +
      convolution(k, 4 * g, 8 * g) +
      dense(2 * 2 * 8 * g, latents),
    discriminator:
      discriminatorLayer(k, 3, d) +
      discriminatorLayer(k, d, 2 * d) +
      discriminatorLayer(k, 2 * d, 4 * d) +
      dense(4 * 4 * 4 * d, 1),
  };
}

describeArchitecture('stacked-mnist, authors-later', {
  ...tinyArchitecture('stacked-mnist'),
  parameters: parameters(5, 4, 1, 3),
  featureDimension: 4 * 4 * 4,
  unsupported: [{ sampleShape: [32, 32, 3], latentDimension: 3 }],
});

describeArchitecture('stacked-mnist, unrolled-paper', {
  architecture: stackedMnist({ form: 'unrolled-paper', discriminatorSize: 'half', width: 2 }),
  shape: { sampleShape: [28, 28, 3], latentDimension: 3 },
  parameters: parameters(3, 2, 1, 3),
  featureDimension: 4 * 4 * 4,
});

describe('stacked-mnist at full width', () => {
  const shape = { sampleShape: [28, 28, 3], latentDimension: 256 };

  it.each([
    ['authors-later', 'quarter', 5, 2],
    ['authors-later', 'half', 5, 4],
    ['unrolled-paper', 'quarter', 3, 2],
    ['unrolled-paper', 'half', 3, 4],
  ] as const)('%s, %s, has the numbers of the papers', (form, discriminatorSize, k, d) => {
    expectParameters(stackedMnist({ form, discriminatorSize }), shape, parameters(k, 8, d, 256));
  });

  it('refuses a width that its discriminator cannot be a part of', () => {
    expect(() => stackedMnist({ width: 6 })).toThrow('stacked-mnist.width: must be a multiple of 4');
  });
});
