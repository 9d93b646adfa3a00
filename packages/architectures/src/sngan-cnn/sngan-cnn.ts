import { choice, oneOf, positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertDivisibleImage } from '../network/assert-shape.js';
import { distGanPaper } from '../network/dist-gan-paper.js';
import { buildSnganCnnNetwork } from './sngan-cnn-networks.js';
import { assertBasicKind, basicKinds } from '../network/basic-kinds.js';

const schema = v.strictObject({
  /**
   * Which images the networks are made for: 32 x 32 (default, CIFAR-10) or 48 x 48 (STL-10); only the encoders
   * differ. They serve all images whose height and width are multiples of 8.
   */
  resolution: v.optional(choice([32, 48]), 32),
  /**
   * `authors` (default): as Dist-GAN's authors have them, without spectral norm, with a generator twice as wide as
   * SN-GAN's. `sn-gan`: SN-GAN's own, with spectral norm in every layer of the discriminator.
   */
  form: v.optional(oneOf(['authors', 'sn-gan']), 'authors'),
  /** Channels of the discriminator's first convolution; all others are multiples of it. Default 64. */
  width: v.optional(positiveInteger, 64),
});

export type SnganCnnOptions = v.InferInput<typeof schema>;

const sources = {
  authors: { ...distGanPaper, code: 'tntrung/gan 6e67fe3 distgan_image/modules/models_sngan.py' },
  'sn-gan': {
    title: 'Miyato, Kataoka, Koyama, Yoshida: Spectral normalization for generative adversarial networks',
    year: 2018,
    reference: 'arXiv:1802.05957',
  },
} as const;

/**
 * The standard CNN of SN-GAN, as Dist-GAN's authors and as SN-GAN have it; neither has batch norm in the
 * discriminator.
 *
 * The discriminator's features are the output of its last convolution after its activation: for 32 x 32, 4 x 4 x 512
 * = 8192 numbers, for 48 x 48, 6 x 6 x 512 = 18432. The authors' encoder for 32 is that of `cifar-dcgan`, as in their
 * code. SN-GAN has no encoder: its form takes the authors' for 48 at SN-GAN's widths.
 *
 * Kernels are drawn from U(-a, a), a = sqrt(6 / (fan_in + fan_out)), in the form `sn-gan` from N(0, 0.02^2); biases
 * start at 0. SN-GAN's generator ends in tanh for data in [-1, 1]; here data are in [0, 1] and its end is the
 * sigmoid, the same curve. Its discriminator takes them to [-1, 1] first: with spectral norm its logits are as far apart as images
 * are, and what lies beyond their borders is grey.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Miyato et al., table 3; for the batch norm after the generator's dense layer, for what kernels are drawn from and for
 *   the epsilon of batch norm, 2e-5, the code of its authors: pfnet-research/chainer-gan-lib common/net.py:44-98
 */
export function snganCnn(options?: SnganCnnOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'sngan-cnn');
  return {
    id: 'sngan-cnn',
    title: 'Standard CNN of SN-GAN',
    source: sources[resolved.form],
    options: resolved,
    kinds: basicKinds,
    build(kind, shape, random) {
      assertBasicKind('sngan-cnn', kind);
      assertDivisibleImage('sngan-cnn', shape, 8);
      return buildSnganCnnNetwork(kind, shape, resolved, random);
    },
  };
}
