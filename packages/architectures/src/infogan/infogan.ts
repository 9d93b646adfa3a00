import { positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertDivisibleImage } from '../network/assert-shape.js';
import { buildInfoganNetwork } from './infogan-networks.js';
import { assertBasicKind, basicKinds } from '../network/basic-kinds.js';
import { furtherKinds, isFurtherKind } from './infogan-kinds.js';

const schema = v.strictObject({
  /** Channels of the first convolution; the others are multiples of it. Default 64. */
  width: v.optional(positiveInteger, 64),
  /**
   * Whether the discriminator has batch norm, default true; false for methods with a gradient penalty, such as
   * WGAN-GP and DRAGAN.
   */
  discriminatorBatchNorm: v.optional(v.boolean('must be true or false'), true),
});

export type InfoganOptions = v.InferInput<typeof schema>;

/**
 * The networks of InfoGAN's type on which Lucic et al. compare GANs, two convolutions and a dense layer, for
 * images whose height and width are multiples of 4, with any number of channels.
 *
 * The discriminator's features are the output of its last convolution after its activation, (height / 4) x
 * (width / 4) x 2 `width` numbers: 8192 for 32 x 32. The comparison has no encoder; this one is the discriminator
 * with batch norm and the latents in the place of the logit. A `gaussian-encoder` has them twice, as means and logarithms of
 * variances.
 *
 * A `recognition-discriminator` has InfoGAN's second head, Q: a dense layer of 2 `width` units, with batch norm where the rest has it, and one for the
 * codes, behind the dense layer that both heads share.
 *
 * An `autoencoder` is EBGAN's discriminator in the collection of its kind of networks: one convolution, a code of 32 without activation, a
 * dense layer with batch norm, one transposed convolution, rectifiers without a slope.
 *
 * Kernels are drawn from N(0, 0.02^2), those of convolutions without values beyond two standard deviations; biases
 * start at 0. Batch norm has a decay of 0.999 and an epsilon of 1e-3. The code keeps biases before batch norm,
 * which takes them away again; here they are left out.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see of the auto-encoder: hwalsuklee/tensorflow-generative-model-collections 0ce6c08 EBGAN.py:66-83
 */
export function infogan(options?: InfoganOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'infogan');
  return {
    id: 'infogan',
    title: 'InfoGAN-type networks',
    source: {
      title: 'Lucic, Kurach, Michalski, Gelly, Bousquet: Are GANs created equal? A large-scale study',
      year: 2018,
      reference: 'arXiv:1711.10337',
      code: 'google/compare_gan 49495fd compare_gan/src/gans/abstract_gan.py:71-120',
    },
    options: resolved,
    kinds: [...basicKinds, ...furtherKinds],
    build(kind, shape, random) {
      if (!isFurtherKind(kind)) assertBasicKind('infogan', kind);
      assertDivisibleImage('infogan', shape, 4);
      return buildInfoganNetwork(kind, shape, resolved, random);
    },
  };
}
