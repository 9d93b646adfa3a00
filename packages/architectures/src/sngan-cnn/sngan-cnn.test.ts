import { RandomStream } from '@dist-gan/core';
import type { BasicKind } from '../network/basic-kinds.js';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { batchNorm, convolution, dense, expectParameters, normalized } from '../../test/parameters.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { snganCnn } from './sngan-cnn.js';

/** Of the discriminator's width w, for images whose smallest feature maps have so many pixels. */
function parameters(
  resolution: 32 | 48,
  w: number,
  pixels: number,
  latents: number,
): Record<BasicKind, number> {
  return {
    generator:
      dense(latents, pixels * 16 * w) +
      normalized(4, 16 * w, 8 * w) +
      normalized(4, 8 * w, 4 * w) +
      normalized(4, 4 * w, 2 * w) +
      convolution(3, 2 * w, 3),
    encoder:
      resolution === 32
        ? convolution(5, 3, 2 * w) +
          normalized(5, 2 * w, 4 * w) +
          normalized(5, 4 * w, 8 * w) +
          dense(pixels * 8 * w, latents)
        : convolution(3, 3, 2 * w) +
          normalized(4, 2 * w, 4 * w) +
          normalized(4, 4 * w, 8 * w) +
          normalized(4, 8 * w, 16 * w) +
          dense(pixels * 16 * w, latents),
    discriminator:
      convolution(3, 3, w) +
      convolution(4, w, w) +
      convolution(3, w, 2 * w) +
      convolution(4, 2 * w, 2 * w) +
      convolution(3, 2 * w, 4 * w) +
      convolution(4, 4 * w, 4 * w) +
      convolution(3, 4 * w, 8 * w) +
      dense(pixels * 8 * w, 1),
  };
}

describeArchitecture('sngan-cnn for 32', {
  ...tinyArchitecture('sngan-cnn'),
  parameters: parameters(32, 1, 1 * 1, 3),
  featureDimension: 1 * 1 * 8,
  unsupported: [{ sampleShape: [28, 28, 3], latentDimension: 3 }],
});

describeArchitecture('sngan-cnn for 48', {
  architecture: snganCnn({ resolution: 48, width: 1 }),
  shape: { sampleShape: [8, 16, 3], latentDimension: 2 },
  parameters: parameters(48, 1, 1 * 2, 2),
  featureDimension: 1 * 2 * 8,
});

/** The form of SN-GAN: half the generator, with batch norm after its dense layer; spectral norm adds nothing. */
function snganParameters(w: number, pixels: number, latents: number): Record<BasicKind, number> {
  return {
    generator:
      latents * pixels * 8 * w +
      batchNorm(pixels * 8 * w) +
      normalized(4, 8 * w, 4 * w) +
      normalized(4, 4 * w, 2 * w) +
      normalized(4, 2 * w, w) +
      convolution(3, w, 3),
    encoder:
      convolution(3, 3, w) +
      normalized(4, w, 2 * w) +
      normalized(4, 2 * w, 4 * w) +
      normalized(4, 4 * w, 8 * w) +
      dense(pixels * 8 * w, latents),
    discriminator: parameters(32, w, pixels, latents).discriminator,
  };
}

describeArchitecture('sngan-cnn, SN-GAN', {
  architecture: snganCnn({ form: 'sn-gan', width: 2 }),
  shape: { sampleShape: [8, 8, 3], latentDimension: 3 },
  parameters: snganParameters(2, 1 * 1, 3),
  featureDimension: 1 * 1 * 16,
});

it('sngan-cnn, SN-GAN, judges images in [-1, 1]: without biases, a grey one says nothing', () => {
  const shape = { sampleShape: [8, 8, 3], latentDimension: 3 };
  const network = snganCnn({ form: 'sn-gan', width: 2 }).build(
    'discriminator',
    shape,
    RandomStream.fromSeed(1),
  );
  tf.tidy(() => {
    const logits = (grey: number) =>
      (network.predict(tf.fill([1, 8, 8, 3], grey)) as tf.Tensor[])[0].dataSync();
    expect(Array.from(logits(0.5))).toEqual([0]);
    // Kernels that stretch nothing by more than 1, in eight layers, and leaky rectifiers: linear on either side of grey.
    expect(logits(1)[0] / logits(0.75)[0]).toBeCloseTo(2, 4);
    const seen = network.getLayer('centre-1').apply(tf.tensor1d([0, 0.5, 1])) as tf.Tensor;
    expect(Array.from(seen.dataSync())).toEqual([-1, 0, 1]);
  });
  network.dispose();
});

describe('sngan-cnn at full width has the numbers of the papers', () => {
  it.each([
    [32, 4 * 4],
    [48, 6 * 6],
  ] as const)('for %i', (resolution, pixels) => {
    const shape = { sampleShape: [resolution, resolution, 3], latentDimension: 128 };
    expectParameters(snganCnn({ resolution }), shape, parameters(resolution, 64, pixels, 128));
    const sngan = snganCnn({ resolution, form: 'sn-gan' });
    expectParameters(sngan, shape, snganParameters(64, pixels, 128));
  });
});
