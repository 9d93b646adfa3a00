import { RandomStream, type NetworkKind } from '@dist-gan/core';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import { expect, it } from 'vitest';
import { convolution, expectParameters, normalized } from '../../test/parameters.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { aeOtAutoencoder } from './ae-ot-autoencoder.js';

/** Of width w; the smallest feature maps are k pixels wide, and so are the windows of the innermost layers. */
function parameters(w: number, k: number, latents: number): Partial<Record<NetworkKind, number>> {
  return {
    generator:
      convolution(k, latents, 8 * w) +
      normalized(4, 8 * w, 4 * w) +
      normalized(4, 4 * w, 2 * w) +
      normalized(4, 2 * w, w) +
      convolution(4, w, 3),
    encoder:
      convolution(4, 3, w) +
      normalized(4, w, 2 * w) +
      normalized(4, 2 * w, 4 * w) +
      normalized(4, 4 * w, 8 * w) +
      convolution(k, 8 * w, latents),
  };
}

describeArchitecture('ae-ot-autoencoder', {
  ...tinyArchitecture('ae-ot-autoencoder'),
  parameters: parameters(1, 1, 3),
  unsupported: [
    { sampleShape: [32, 16, 3], latentDimension: 3 },
    { sampleShape: [40, 40, 3], latentDimension: 3 },
  ],
});

it('ae-ot-autoencoder at full width has the numbers of the code', () => {
  const shape = { sampleShape: [64, 64, 3], latentDimension: 100 };
  expectParameters(aeOtAutoencoder(), shape, parameters(80, 4, 100));
});

it('ae-ot-autoencoder has no discriminator', () => {
  const { architecture, shape } = tinyArchitecture('ae-ot-autoencoder');
  expect(() => architecture.build('discriminator', shape, RandomStream.fromSeed(1))).toThrow(
    'ae-ot-autoencoder: it has no discriminator',
  );
});
