import { oneOf, OptionError, positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertImageShape } from '../network/assert-shape.js';
import { distGanPaper } from '../network/dist-gan-paper.js';
import { buildStackedMnistNetwork } from './stacked-mnist-networks.js';
import { assertBasicKind, basicKinds } from '../network/basic-kinds.js';

const schema = v.strictObject({
  /**
   * `authors-later` (default): the networks of the authors' later code, windows of 5 x 5, no batch norm in the
   * discriminator. `unrolled-paper`: those of Unrolled GAN as PacGAN's code has them, windows of 3 x 3, batch
   * norm after every convolution of the discriminator.
   */
  form: v.optional(oneOf(['authors-later', 'unrolled-paper']), 'authors-later'),
  /** The discriminator's width as a part of the generator's, K in the papers' tables. Default `quarter`. */
  discriminatorSize: v.optional(oneOf(['quarter', 'half']), 'quarter'),
  /** Channels of the generator's last hidden layer: a multiple of 4 (`quarter`) or 2 (`half`). Default 8. */
  width: v.optional(positiveInteger, 8),
});

export type StackedMnistOptions = v.InferInput<typeof schema>;

const parts = { quarter: 4, half: 2 } as const;

/**
 * The small networks for Stacked MNIST (MNIST-1K), images of 28 x 28 with any number of channels, on which mode
 * collapse is counted: the discriminator is 4 or 2 times narrower than the generator.
 *
 * The discriminator's features are the output of its third convolution after its activation, 4 x 4 x `width`
 * (`quarter`) or 4 x 4 x 2 `width` (`half`) numbers: 128 and 256 by default.
 *
 * In the form `authors-later` kernels are drawn from U(-a, a), a = sqrt(6 / (fan_in + fan_out)); in the form
 * `unrolled-paper` from N(0, 0.02^2), those of convolutions without values beyond two standard deviations. Biases start at 0. PacGAN's generator ends in tanh for data in [-1, 1];
 * here data are in [0, 1] and its end is the sigmoid, the same curve. It has no encoder: that form takes the
 * authors' with its own windows and initialiser.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Metz et al.: Unrolled generative adversarial networks, arXiv:1611.02163, appendix D
 */
export function stackedMnist(options?: StackedMnistOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'stacked-mnist');
  const { form, discriminatorSize, width } = resolved;
  const discriminatorWidth = width / parts[discriminatorSize];
  if (!Number.isInteger(discriminatorWidth)) {
    throw new OptionError(
      `stacked-mnist.width: must be a multiple of ${parts[discriminatorSize]}, for a discriminator of a ` +
        `${discriminatorSize} of it (got ${width})`,
      'stacked-mnist.width',
      width,
    );
  }
  return {
    id: 'stacked-mnist',
    title: 'Small networks for Stacked MNIST',
    source: {
      ...distGanPaper,
      code:
        form === 'authors-later'
          ? 'tntrung/msgan 8b8170f modules/net_dcgan.py:170-233'
          : 'fjxmlzn/PacGAN stacked_MNIST_experiments/unrolled_GAN_experiment/D=0.25G/model.py',
    },
    options: resolved,
    kinds: basicKinds,
    build(kind, shape, random) {
      assertBasicKind('stacked-mnist', kind);
      assertImageShape('stacked-mnist', shape, '[28, 28, channels]', (...size) => size.join() === '28,28');
      return buildStackedMnistNetwork(kind, shape, { form, width, discriminatorWidth }, random);
    },
  };
}
