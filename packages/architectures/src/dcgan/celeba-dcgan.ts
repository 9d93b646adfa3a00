import { positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { distGanPaper } from '../network/dist-gan-paper.js';
import { buildDcganNetwork } from './dcgan-networks.js';
import { assertBasicKind, basicKinds } from '../network/basic-kinds.js';

const schema = v.strictObject({
  /**
   * Channels of the first convolution; each halving doubles them. Default 128, as in the authors' last
   * release; 64 is the width of the first release and of the published numbers.
   */
  width: v.optional(positiveInteger, 128),
});

export type CelebaDcganOptions = v.InferInput<typeof schema>;

/**
 * The DCGANs of Dist-GAN for CelebA at 64 x 64: four halvings, windows of 5 x 5 and strides of 2. They serve
 * images whose height and width are multiples of 16, with any number of channels.
 *
 * The discriminator's features are the output of its last convolution after batch norm and activation: for
 * 64 x 64, 4 x 4 x 8 `width` numbers, 16384 by default and 8192 at width 64.
 *
 * Kernels are drawn from U(-a, a), a = sqrt(6 / (fan_in + fan_out)); biases start at 0.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see code at width 64: tntrung/msgan 8b8170f modules/net_dcgan.py:240-301
 */
export function celebaDcgan(options?: CelebaDcganOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'celeba-dcgan');
  return {
    id: 'celeba-dcgan',
    title: 'DCGAN for CelebA',
    source: { ...distGanPaper, code: 'tntrung/gan 6e67fe3 distgan_image/modules/models_dcgan.py:161-202' },
    options: resolved,
    kinds: basicKinds,
    build(kind, shape, random) {
      assertBasicKind('celeba-dcgan', kind);
      return buildDcganNetwork('celeba-dcgan', kind, shape, { width: resolved.width, halvings: 4 }, random);
    },
  };
}
