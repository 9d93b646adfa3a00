import { oneOf, positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { distGanPaper } from '../network/dist-gan-paper.js';
import { buildDcganNetwork } from './dcgan-networks.js';
import { assertBasicKind, basicKinds } from '../network/basic-kinds.js';
import { classesEntry } from '../network/classes-entry.js';

const schema = v.strictObject({
  /**
   * `head` (default): the networks of the authors' last release, three halvings. `2018`: those of the first
   * release and of the published numbers, four halvings and half the width.
   */
  form: v.optional(oneOf(['head', '2018']), 'head'),
  /** Channels of the first convolution; each halving doubles them. Default 128 for `head`, 64 for `2018`. */
  width: v.optional(positiveInteger),
  /**
   * Conditions generator and discriminator on so many classes, of 2 or more; default none. Batch norms of the generator get
   * a scale and an offset for each class, the discriminator's logit a projection of it.
   */
  classes: classesEntry,
});

export type CifarDcganOptions = v.InferInput<typeof schema>;

const forms = {
  head: {
    width: 128,
    halvings: 3,
    code: 'tntrung/gan 6e67fe3 distgan_image/modules/models_dcgan.py:112-150',
  },
  2018: { width: 64, halvings: 4, code: 'tntrung/gan 6aedfd0^ gaan_image/modules/models.py' },
} as const;

/**
 * The DCGANs of Dist-GAN for CIFAR-10: windows of 5 x 5 and strides of 2. They serve images whose height and
 * width are multiples of 8 (`head`) or 16 (`2018`), with any number of channels.
 *
 * The discriminator's features are the output of its last convolution after batch norm and activation: for
 * 32 x 32, 4 x 4 x 512 = 8192 numbers in the form `head` and 2 x 2 x 512 = 2048 in the form `2018`.
 *
 * Kernels are drawn from U(-a, a), a = sqrt(6 / (fan_in + fan_out)); biases start at 0.
 *
 * With `classes` they are those of no paper of this project: conditional batch norm (Dumoulin et al., arXiv:1610.07629) and
 * a projection (Miyato and Koyama, arXiv:1802.05637) in these networks. The encoder stays as it is.
 *
 * @throws OptionError when an option is unknown or out of range
 */
export function cifarDcgan(options?: CifarDcganOptions): Architecture {
  const { form, width: chosen, classes } = resolveOptions(schema, options, 'cifar-dcgan');
  const { halvings, code } = forms[form];
  const width = chosen ?? forms[form].width;
  return {
    id: 'cifar-dcgan',
    title: 'DCGAN for CIFAR-10',
    source: { ...distGanPaper, code },
    options: { form, width, ...(classes !== undefined && { classes }) },
    kinds: basicKinds,
    build(kind, shape, random) {
      assertBasicKind('cifar-dcgan', kind);
      return buildDcganNetwork('cifar-dcgan', kind, shape, { width, halvings, classes }, random);
    },
  };
}
