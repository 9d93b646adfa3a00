import { positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertImageShape } from '../network/assert-shape.js';
import { distGanPaper } from '../network/dist-gan-paper.js';
import { buildSnganCnnNetwork } from './sngan-cnn-networks.js';

export interface SnganCnnOptions {
  /**
   * Which images the networks are made for: 32 x 32 (default, CIFAR-10) or 48 x 48 (STL-10); only the encoders
   * differ. They serve all images whose height and width are multiples of 8.
   */
  readonly resolution?: 32 | 48;
  /** Channels of the discriminator's first convolution; all others are multiples of it. Default 64. */
  readonly width?: number;
}

const schema = v.strictObject({
  resolution: v.optional(v.picklist([32, 48], 'must be 32 or 48'), 32),
  width: v.optional(positiveInteger, 64),
});

/**
 * The standard CNN of SN-GAN as Dist-GAN's authors have it: without spectral norm, without batch norm in the
 * discriminator, and with a generator twice as wide as SN-GAN's.
 *
 * The discriminator's features are the output of its last convolution after its activation: for 32, 4 x 4 x 512 =
 * 8192 numbers, for 48, 6 x 6 x 512 = 18432. The encoder for 32 is that of `cifar-dcgan`, as in the authors' code.
 *
 * Kernels are drawn from U(-a, a), a = sqrt(6 / (fan_in + fan_out)); biases start at 0.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Miyato et al.: Spectral normalization for generative adversarial networks, arXiv:1802.05957, table 3
 */
export function snganCnn(options?: SnganCnnOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'sngan-cnn');
  return {
    id: 'sngan-cnn',
    title: 'Standard CNN of SN-GAN',
    source: { ...distGanPaper, code: 'tntrung/gan 6e67fe3 distgan_image/modules/models_sngan.py' },
    options: resolved,
    kinds: ['generator', 'encoder', 'discriminator'],
    build(kind, shape, random) {
      assertImageShape(
        'sngan-cnn',
        shape,
        '[height, width, channels] with height and width multiples of 8',
        (height, width) => height % 8 === 0 && width % 8 === 0,
      );
      return buildSnganCnnNetwork(kind, shape, resolved, random);
    },
  };
}
