import * as tf from '@tensorflow/tfjs-core';
import { requireChoice } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

export interface DistGanDiscriminatorOptions {
  /** Cross-entropy (`log`, default; Eq 5) or hinge (section 5 of the paper). */
  readonly form?: 'log' | 'hinge';
  /**
   * What the hinge is taken of: `logits` (default; as in SN-GAN, and the released code's DCGAN nets) or
   * `sigmoid` scores (the released code's other nets; such a hinge never saturates). Unused by `log`.
   */
  readonly hingeOn?: 'logits' | 'sigmoid';
  /**
   * What the discriminator calls reconstructions: `real` (default; Eq 5), `fake` (the released
   * two-dimensional code) or `none`, which leaves them out.
   */
  readonly reconstructedLabel?: 'real' | 'fake' | 'none';
  /** Weight of the real samples' term: a number or a scalar tensor; default 1, as in Eq 5. */
  readonly realWeight?: number | tf.Scalar;
  /** Weight of the reconstructions' term; default 1. */
  readonly reconstructedWeight?: number | tf.Scalar;
  /** Weight of the generated samples' term; default 1. */
  readonly fakeWeight?: number | tf.Scalar;
}

export interface DistGanDiscriminatorLoss {
  /** The weighted sum of the terms. */
  readonly total: tf.Scalar;
  /** Each term without its weight. `reconstructed` is absent when reconstructions are left out. */
  readonly terms: { readonly real: tf.Scalar; readonly reconstructed?: tf.Scalar; readonly fake: tf.Scalar };
}

/**
 * Dist-GAN's discriminator loss without its gradient penalty: reconstructions are a third kind of
 * sample, called real, which keeps the generator from leaving modes that the auto-encoder covers.
 *
 *     log    realWeight mean softplus(-D(x)) + reconstructedWeight mean softplus(-D(x_r))
 *            + fakeWeight mean softplus(D(G(z)))
 *     hinge  the same with max(0, 1 - v) for softplus(-v) and max(0, 1 + v) for softplus(v)
 *
 * @param tensors logits of any shape, float32; `reconstructedLogits` may be left out when
 *   `reconstructedLabel` is `none`
 * @returns the total and its unweighted terms, all scalars; the caller disposes them
 * @throws ShapeError when a tensor is missing or empty
 * @throws OptionError when a choice is unknown
 * @see Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Eq 5; distgan_image/distgan.py:197-230
 */
export function distGanDiscriminatorLoss(
  tensors: {
    readonly realLogits: tf.Tensor;
    readonly reconstructedLogits?: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
  },
  {
    form = 'log',
    hingeOn = 'logits',
    reconstructedLabel = 'real',
    realWeight = 1,
    reconstructedWeight = 1,
    fakeWeight = 1,
  }: DistGanDiscriminatorOptions = {},
): DistGanDiscriminatorLoss {
  const where = 'distGanDiscriminatorLoss';
  requireChoice(where, 'form', form, ['log', 'hinge']);
  requireChoice(where, 'hingeOn', hingeOn, ['logits', 'sigmoid']);
  requireChoice(where, 'reconstructedLabel', reconstructedLabel, ['real', 'fake', 'none']);
  const { realLogits, reconstructedLogits, fakeLogits } = tensors;
  requireTensors(where, { realLogits, fakeLogits });
  if (reconstructedLabel !== 'none') requireTensors(where, { reconstructedLogits: reconstructedLogits! });

  const calledReal = (logits: tf.Tensor): tf.Scalar => {
    if (form === 'log') return tf.mean(tf.softplus(tf.neg(logits)));
    return tf.mean(tf.relu(tf.sub(1, hingeOn === 'sigmoid' ? tf.sigmoid(logits) : logits)));
  };
  const calledFake = (logits: tf.Tensor): tf.Scalar => {
    if (form === 'log') return tf.mean(tf.softplus(logits));
    return tf.mean(tf.relu(tf.add(1, hingeOn === 'sigmoid' ? tf.sigmoid(logits) : logits)));
  };

  // Flat, because a tidy keeps only tensors that it can see one level deep.
  const { total, real, reconstructed, fake } = tf.tidy(() => {
    const real = calledReal(realLogits);
    const fake = calledFake(fakeLogits);
    const withoutReconstructed = tf.add<tf.Scalar>(tf.mul(real, realWeight), tf.mul(fake, fakeWeight));
    if (reconstructedLabel === 'none') return { total: withoutReconstructed, real, fake };
    const label = reconstructedLabel === 'real' ? calledReal : calledFake;
    const reconstructed = label(reconstructedLogits!);
    const total = tf.add<tf.Scalar>(withoutReconstructed, tf.mul(reconstructed, reconstructedWeight));
    return { total, real, reconstructed, fake };
  });
  return { total, terms: reconstructed === undefined ? { real, fake } : { real, reconstructed, fake } };
}
