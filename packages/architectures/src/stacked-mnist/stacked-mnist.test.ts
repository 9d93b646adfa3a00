import { RandomStream } from '@dist-gan/core';
import type { BasicKind } from '../network/basic-kinds.js';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import * as tf from '@tensorflow/tfjs-core';
import { model } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { convolution, dense, expectParameters, normalized } from '../../test/parameters.js';
import { NetworkBuilder } from '../network/network-builder.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { stackedMnist } from './stacked-mnist.js';

/** g and d: channels of the generator's last hidden layer and of the discriminator's first. */
function parameters(k: number, g: number, d: number, latents: number): Record<BasicKind, number> {
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
  parameters: parameters(5, 2, 1, 3),
  featureDimension: 4 * 4 * 4,
  unsupported: [{ sampleShape: [32, 32, 3], latentDimension: 3 }],
});

/** Twice as wide, for such small weights die out on their way through narrower networks. */
describeArchitecture('stacked-mnist, unrolled-paper', {
  architecture: stackedMnist({ form: 'unrolled-paper', discriminatorSize: 'half', width: 4 }),
  shape: { sampleShape: [28, 28, 3], latentDimension: 3 },
  parameters: parameters(3, 4, 2, 3),
  featureDimension: 4 * 4 * 8,
});

it("doubles 4 x 4 to 7 x 7 as TensorFlow's transposed convolution does when it is told that size", () => {
  const network = new NetworkBuilder(RandomStream.fromSeed(1), { id: 'he-normal' });
  const inputs = network.input([4, 4, 2]);
  const doubled = network.transposedConvolution(inputs, { filters: 3, kernelSize: 3, stride: 2 });
  const cropped = model({ inputs, outputs: network.crop(doubled, 'first') });
  tf.tidy(() => {
    const x = tf.tensor4d(RandomStream.fromSeed(2).normal(5 * 32), [5, 4, 4, 2]);
    const kernel = cropped.getWeights()[0] as tf.Tensor4D;
    const wanted = tf.conv2dTranspose(x, kernel, [5, 7, 7, 3], 2, 'same').dataSync();
    (cropped.predict(x) as tf.Tensor)
      .dataSync()
      .forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 5));
  });
  cropped.dispose();
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

  it("draws the kernels of unrolled-paper as PacGAN's code does: of convolutions, truncated at two deviations of 0.02", () => {
    const made = stackedMnist({ form: 'unrolled-paper', discriminatorSize: 'half' });
    for (const kind of ['generator', 'encoder', 'discriminator'] as const) {
      const network = made.build(kind, shape, RandomStream.fromSeed(3));
      for (const layer of network.layers) {
        const [kernel] = layer.getWeights();
        if (kernel === undefined || layer.getClassName() === 'BatchNormalization') continue;
        const largest = kernel
          .dataSync<'float32'>()
          .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        // Of the fewest numbers, the 256 of a dense layer, one in 22 lies beyond.
        if (layer.getClassName() === 'Conv2D') expect(largest).toBeLessThanOrEqual(0.04);
        else expect(largest).toBeGreaterThan(0.04);
      }
      network.dispose();
    }
  });

  it('refuses a width that its discriminator cannot be a part of', () => {
    expect(() => stackedMnist({ width: 6 })).toThrow('stacked-mnist.width: must be a multiple of 4');
  });
});
