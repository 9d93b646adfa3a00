import '../install-gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { requireChoice, requireNonNegative } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

export interface GradientMatchingOptions {
  /** Weight of the difference of the mean gradients, lambda_m^1; default 1. */
  readonly gradientWeight?: number;
  /** Weight of the difference of the mean products of gradient and sample, lambda_m^2; default 1. */
  readonly productWeight?: number;
  /** Of what the gradient is taken: the `sigmoid` score (default) or the `logit`. The paper's D may be either. */
  readonly of?: 'sigmoid' | 'logit';
  /**
   * What the first term compares: mean `gradients` (default), entry by entry as the paper has it, or the means of their
   * Euclidean `norms`, as a published replication did for stability.
   */
  readonly compare?: 'gradients' | 'norms';
}

export interface GradientMatchingLoss {
  readonly total: tf.Scalar;
  /** Without their weights. */
  readonly terms: { readonly gradientDifference: tf.Scalar; readonly productDifference: tf.Scalar };
}

/** Keeps the root's gradient finite where the discriminator is flat. */
const insideRoot = 1e-12;

/**
 * GN-GAN's gradient matching: the discriminator's slope at generated samples is that at real ones. With the score distance
 * it makes the first-order expansions of D around real and around generated samples agree.
 *
 *     gradientWeight |E_x[g(x)] - E_z[g(G(z))]|^2 + productWeight (E_x[g(x) . x] - E_z[g(G(z)) . G(z)])^2
 *
 * with g the gradient of the score by a sample, the vector norm summed over a sample's entries. To be differentiated again,
 * by the generator's weights through G(z) (and by the discriminator's, if you like); importing it installs the corrected gradients of
 * `@dist-gan/gradients`, as `gradientPenalty` does. Costs two forward and two backward passes of the discriminator.
 *
 * @param arguments_ `discriminate`: samples to logits, each sample's by that sample alone; `realSamples` and `fakeSamples`:
 *   `[batch, ...sampleShape]`, float32; the batches may differ in size
 * @returns scalars of at least 0; the caller disposes them
 * @throws ShapeError when samples are missing or empty
 * @throws OptionError when a weight is negative or a choice unknown
 * @throws GradientError when `discriminate` uses an operation without a proved second-order gradient
 * @see Tran, Bui, Cheung, "Improving GAN with neighbors embedding and gradient matching", 2019, arXiv 1811.01333, Eq 13
 */
export function gradientMatching(
  arguments_: {
    readonly discriminate: (samples: tf.Tensor) => tf.Tensor;
    readonly realSamples: tf.Tensor;
    readonly fakeSamples: tf.Tensor;
  },
  {
    gradientWeight = 1,
    productWeight = 1,
    of = 'sigmoid',
    compare = 'gradients',
  }: GradientMatchingOptions = {},
): GradientMatchingLoss {
  const where = 'gradientMatching';
  const { discriminate, realSamples, fakeSamples } = arguments_;
  requireTensors(where, { realSamples, fakeSamples });
  requireNonNegative(where, 'gradientWeight', gradientWeight);
  requireNonNegative(where, 'productWeight', productWeight);
  requireChoice(where, 'of', of, ['sigmoid', 'logit']);
  requireChoice(where, 'compare', compare, ['gradients', 'norms']);
  const slope = tf.grad((x) => (of === 'sigmoid' ? tf.sigmoid(discriminate(x)) : discriminate(x)));

  // Flat, because a tidy keeps only tensors that it can see one level deep.
  const { total, ...terms } = tf.tidy(() => {
    const real = expansion(realSamples, slope(realSamples), compare);
    const fake = expansion(fakeSamples, slope(fakeSamples), compare);
    const gradientDifference = tf.sum<tf.Scalar>(tf.square(tf.sub(real.gradient, fake.gradient)));
    const productDifference = tf.square(tf.sub<tf.Scalar>(real.product, fake.product));
    const total = tf.add<tf.Scalar>(
      tf.mul(gradientWeight, gradientDifference),
      tf.mul(productWeight, productDifference),
    );
    return { total, gradientDifference, productDifference };
  });
  return { total, terms };
}

/** Means over a batch of the gradient (or of its norm) and of its product with the sample. */
function expansion(
  samples: tf.Tensor,
  gradients: tf.Tensor,
  compare: 'gradients' | 'norms',
): { readonly gradient: tf.Tensor; readonly product: tf.Scalar } {
  const [x, g] = [samples, gradients].map((tensor) => tf.reshape(tensor, [samples.shape[0], -1]));
  const norms = () => tf.sqrt(tf.add(tf.sum(tf.square(g), 1), insideRoot));
  return {
    gradient: compare === 'gradients' ? tf.mean(g, 0) : tf.mean(norms()),
    product: tf.mean<tf.Scalar>(tf.sum(tf.mul(g, x), 1)),
  };
}
