import { describeArchitecture } from '@dist-gan/testing/architecture';
import { it } from 'vitest';
import { batchNorm, convolution, dense, expectParameters, normalized } from '../../test/parameters.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import type { InfoganKind } from './infogan-kinds.js';
import { infogan } from './infogan.js';

/** Of width w, for images whose smallest feature maps have so many pixels; with batch norm everywhere. */
function parameters(w: number, smallest: number, latents: number): Record<InfoganKind, number> {
  // Half of the height and half of the width, where the smallest maps have a quarter of each.
  const halved = 4 * smallest * w;
  const hidden =
    convolution(4, 3, w) + normalized(4, w, 2 * w) + smallest * 2 * w * 16 * w + batchNorm(16 * w);
  return {
    generator:
      latents * 16 * w +
      batchNorm(16 * w) +
      16 * w * smallest * 2 * w +
      batchNorm(smallest * 2 * w) +
      normalized(4, 2 * w, w) +
      convolution(4, w, 3),
    encoder: hidden + dense(16 * w, latents),
    'gaussian-encoder': hidden + 2 * dense(16 * w, latents),
    discriminator: hidden + dense(16 * w, 1),
    autoencoder:
      convolution(4, 3, w) + dense(halved, 32) + 32 * halved + batchNorm(halved) + convolution(4, w, 3),
    'recognition-discriminator':
      hidden + dense(16 * w, 1) + 16 * w * 2 * w + batchNorm(2 * w) + dense(2 * w, latents),
  };
}

describeArchitecture('infogan', {
  ...tinyArchitecture('infogan'),
  parameters: parameters(1, 2 * 2, 3),
  featureDimension: 2 * 2 * 2,
  unsupported: [
    { sampleShape: [2], latentDimension: 3 },
    { sampleShape: [30, 32, 3], latentDimension: 3 },
  ],
});

/** Of four channels, for such small weights die out on their way through narrower networks. */
const w = 4;
const withoutNorm =
  convolution(4, 3, w) + convolution(4, w, 2 * w) + dense(2 * 2 * w, 16 * w) + dense(16 * w, 1);

describeArchitecture('infogan without batch norm in the discriminator', {
  architecture: infogan({ width: w, discriminatorBatchNorm: false }),
  shape: { sampleShape: [8, 4, 3], latentDimension: 3 },
  parameters: {
    ...parameters(w, 2 * 1, 3),
    discriminator: withoutNorm,
    'recognition-discriminator': withoutNorm + dense(16 * w, 2 * w) + dense(2 * w, 3),
  },
  featureDimension: 2 * 2 * w,
});

it('infogan at full width has the numbers of the comparison', () => {
  expectParameters(infogan(), { sampleShape: [32, 32, 3], latentDimension: 64 }, parameters(64, 8 * 8, 64));
});
