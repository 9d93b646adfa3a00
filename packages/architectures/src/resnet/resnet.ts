import { choice, oneOf, positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertDivisibleImage } from '../network/assert-shape.js';
import { distGanPaper } from '../network/dist-gan-paper.js';
import { buildResnetNetwork } from './resnet-networks.js';
import { assertBasicKind, basicKinds } from '../network/basic-kinds.js';
import { classesEntry } from '../network/classes-entry.js';

const schema = v.strictObject({
  /**
   * Which images the networks are made for: 32 x 32 (default, CIFAR-10) or 48 x 48 (STL-10). They serve others
   * too whose height and width are equal and a multiple of 8 (32) or 16 (48).
   */
  resolution: v.optional(choice([32, 48]), 32),
  /**
   * `head` (default): the blocks of the authors' last release, which halve with strided 1 x 1 convolutions. `v1`:
   * those of their December 2018 release, after WGAN-GP's, which halve with strided 3 x 3 convolutions and means.
   */
  form: v.optional(oneOf(['head', 'v1']), 'head'),
  /**
   * Channels of the discriminator's first block; all others are multiples of it. Default 128 for the resolution
   * 32, 64 for 48.
   */
  width: v.optional(positiveInteger),
  /**
   * Conditions generator and discriminator on so many classes, of 2 or more; default none. Batch norms of the generator get
   * a scale and an offset for each class, the discriminator's logit a projection of it.
   */
  classes: classesEntry,
});

export type ResnetOptions = v.InferInput<typeof schema>;

const codes = {
  head: 'tntrung/gan 6e67fe3 distgan_image/modules/models_resnet.py',
  v1: 'tntrung/gan 1de8b98 distgan_image/modules/models_resnet_v1.py',
} as const;

/**
 * The residual networks of Dist-GAN. Generator and encoder have batch norm (decay 0.999, epsilon 1e-5), the
 * discriminator has no norm.
 *
 * The discriminator's features are the output of its last block after its activation: for 32, 8 x 8 x 128 = 8192
 * numbers, for 48, 3 x 3 x 1024 = 9216. Its logit is a linear function of their sum (`head`) or their mean (`v1`)
 * over the pixels.
 *
 * Kernels are drawn from U(-a, a): a = sqrt(6 / (fan_in + fan_out)), and in the form `v1` tflib's range, wider by
 * a factor of sqrt(2), for 3 x 3 convolutions inside blocks. Biases start at 0. The code has a bias in every
 * convolution; those of generator and encoder, all but the generator's last, are taken away again by batch norm,
 * and left out here: Adam would make steps of their rounding errors.
 *
 * With `classes` they are those of no paper of this project: conditional batch norm and the projection of SN-GAN's
 * ResNets (Miyato and Koyama, arXiv:1802.05637) in these networks. The encoder stays as it is.
 *
 * @throws OptionError when an option is unknown or out of range
 */
export function resnet(options?: ResnetOptions): Architecture {
  const { width: chosen, ...others } = resolveOptions(schema, options, 'resnet');
  const { resolution, form } = others;
  const resolved = { ...others, width: chosen ?? (resolution === 32 ? 128 : 64) };
  return {
    id: 'resnet',
    title: 'Residual networks',
    source: { ...distGanPaper, code: codes[form] },
    options: resolved,
    kinds: basicKinds,
    build(kind, shape, random) {
      assertBasicKind('resnet', kind);
      assertDivisibleImage('resnet', shape, resolution === 32 ? 8 : 16, { square: true });
      return buildResnetNetwork(kind, shape, resolved, random);
    },
  };
}
