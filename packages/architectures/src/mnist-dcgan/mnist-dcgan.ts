import { positiveInteger, resolveOptions, ShapeError, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertNetworkShape } from '../network/assert-shape.js';
import { buildGaanNetwork } from './gaan-networks.js';
import { buildHeadNetwork } from './head-networks.js';

export interface MnistDcganOptions {
  /**
   * `head` (default): the authors' released networks, with batch norm, and a dense layer between 8 x 8 and
   * 7 x 7 feature maps. `gaan`: those of GAAN, wider, without batch norm, and with a crop in that place.
   */
  readonly form?: 'head' | 'gaan';
  /** Channels of the first convolution; the other layers are multiples of it. Default 64. */
  readonly width?: number;
}

const schema = v.strictObject({
  form: v.optional(v.picklist(['head', 'gaan'], 'must be one of head, gaan'), 'head'),
  width: v.optional(positiveInteger, 64),
});

/**
 * The convolutional networks of Dist-GAN for MNIST: images of 28 x 28 with any number of channels, windows
 * of 5 x 5 and strides of 2. The discriminator's features are the output of its third convolution after
 * its activation, 4 x 4 x 4 `width` numbers (4096 by default).
 *
 * Kernels are drawn from U(-a, a): a = sqrt(6 / (fan_in + fan_out)) in the form `head` and in dense layers,
 * tflib's wider range in the convolutions of the form `gaan`. Biases start at 0.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Dist-GAN section 4.2, which names WGAN-GP's networks for MNIST as their model
 */
export function mnistDcgan(options?: MnistDcganOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'mnist-dcgan');
  const buildNetwork = resolved.form === 'head' ? buildHeadNetwork : buildGaanNetwork;
  return {
    id: 'mnist-dcgan',
    title: 'Convolutional networks for MNIST',
    source: {
      title: 'Tran, Bui, Cheung: Dist-GAN: An improved GAN using distance constraints',
      year: 2018,
      reference: 'arXiv:1803.08887',
      code:
        resolved.form === 'head'
          ? 'tntrung/gan 6e67fe3 distgan_image/modules/models_dcgan.py:36-102'
          : 'tntrung/gan 63b1bea gaan_mnist/gaan_mnist.py:84-121',
    },
    options: resolved,
    kinds: ['generator', 'encoder', 'discriminator'],
    build(kind, shape, random) {
      assertNetworkShape('mnist-dcgan', shape);
      const { sampleShape } = shape;
      if (sampleShape.length !== 3 || sampleShape[0] !== 28 || sampleShape[1] !== 28) {
        throw new ShapeError(
          `mnist-dcgan: samples must be images of shape [28, 28, channels], got [${sampleShape.join(', ')}]; ` +
            `choose another architecture, such as mlp, or another data set`,
          'sampleShape',
          sampleShape,
          '[28, 28, channels]',
        );
      }
      return buildNetwork(kind, shape, resolved.width, random);
    },
  };
}
