import { oneOf, OptionError, positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertImageShape } from '../network/assert-shape.js';
import { distGanPaper } from '../network/dist-gan-paper.js';
import { buildGaanNetwork } from './gaan-networks.js';
import { buildHeadNetwork } from './head-networks.js';
import { assertBasicKind, basicKinds } from '../network/basic-kinds.js';
import { classesEntry } from '../network/classes-entry.js';

const schema = v.strictObject({
  /**
   * `head` (default): the authors' released networks, with batch norm, and a dense layer between 8 x 8 and
   * 7 x 7 feature maps. `gaan`: those of GAAN, wider, without batch norm, and with a crop in that place.
   */
  form: v.optional(oneOf(['head', 'gaan']), 'head'),
  /** Channels of the first convolution; the other layers are multiples of it. Default 64. */
  width: v.optional(positiveInteger, 64),
  /**
   * Conditions generator and discriminator on so many classes, of 2 or more; default none. Batch norms of the generator get
   * a scale and an offset for each class, the discriminator's logit a projection of it. For the form `head`.
   */
  classes: classesEntry,
});

export type MnistDcganOptions = v.InferInput<typeof schema>;

/**
 * The convolutional networks of Dist-GAN for MNIST: images of 28 x 28 with any number of channels, windows
 * of 5 x 5 and strides of 2. The discriminator's features are the output of its third convolution after
 * its activation, 4 x 4 x 4 `width` numbers (4096 by default).
 *
 * Kernels are drawn from U(-a, a): a = sqrt(6 / (fan_in + fan_out)) in the form `head` and in dense layers,
 * tflib's wider range in the convolutions of the form `gaan`. Biases start at 0.
 *
 * With `classes` they are those of no paper of this project: conditional batch norm (Dumoulin et al., arXiv:1610.07629) and
 * a projection (Miyato and Koyama, arXiv:1802.05637) in these networks. The encoder stays as it is.
 *
 * @throws OptionError when an option is unknown or out of range, or the form `gaan`, which has no batch norm, shall have classes
 * @see Dist-GAN section 4.2, which names WGAN-GP's networks for MNIST as their model
 */
export function mnistDcgan(options?: MnistDcganOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'mnist-dcgan');
  const { form, width, classes } = resolved;
  if (form === 'gaan' && classes !== undefined) {
    throw new OptionError(
      `mnist-dcgan.classes: the form gaan has no batch norm that a class could condition (got ${classes}); take the form head, or ` +
        'leave classes out',
      'mnist-dcgan.classes',
      classes,
    );
  }
  return {
    id: 'mnist-dcgan',
    title: 'Convolutional networks for MNIST',
    source: {
      ...distGanPaper,
      code:
        form === 'head'
          ? 'tntrung/gan 6e67fe3 distgan_image/modules/models_dcgan.py:36-102'
          : 'tntrung/gan 63b1bea gaan_mnist/gaan_mnist.py:84-121',
    },
    options: resolved,
    kinds: basicKinds,
    build(kind, shape, random) {
      assertBasicKind('mnist-dcgan', kind);
      assertImageShape('mnist-dcgan', shape, '[28, 28, channels]', (...size) => size.join() === '28,28');
      return form === 'head'
        ? buildHeadNetwork(kind, shape, { width, classes }, random)
        : buildGaanNetwork(kind, shape, width, random);
    },
  };
}
