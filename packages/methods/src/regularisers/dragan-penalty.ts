import { nonNegative, oneOf, resolveOptions, type Regulariser } from '@dist-gan/core';
import { gradientPenalty } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';

const id = 'dragan-penalty';

const schema = v.strictObject({
  weight: v.optional(nonNegative, 10),
  /** How far from real samples it is taken, in standard deviations of the batch. */
  perturbation: v.optional(nonNegative, 0.5),
  /**
   * What the penalty lies between a real sample and its perturbed self by: one coefficient a `sample`, as in the code of
   * "Are GANs created equal?" (default), or the perturbed samples themselves (`none`).
   */
  interpolation: v.optional(oneOf(['sample', 'none']), 'sample'),
  norm: v.optional(oneOf(['l2', 'rms', 'squared']), 'l2'),
});

export type DraganPenaltyOptions = v.InferInput<typeof schema>;

/**
 * DRAGAN's penalty: the gradient's norm is drawn to 1 around real samples alone.
 *
 *     x_p = x + coefficient perturbation std(x) u,   u of U[0, 1) in every entry, std over all entries of the batch
 *
 * The gradient is that of the logit; in the code of the comparison that of the sigmoid score.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Kodali et al., "On convergence and stability of GANs", 2017, arXiv 1705.07215; code: google/compare_gan DRAGAN.py
 */
export function draganPenalty(options?: DraganPenaltyOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { weight, perturbation, interpolation, norm } = resolved;
  return {
    id,
    title: 'DRAGAN penalty',
    source: {
      title: 'Kodali, Abernethy, Hays, Kira: On convergence and stability of GANs',
      year: 2017,
      reference: 'arXiv:1705.07215',
      code: 'google/compare_gan 49495fd DRAGAN.py',
    },
    options: resolved,
    term: 'draganPenalty',
    phase: 'discriminator',
    weight,
    reads: ['real'],
    inputs: [
      { name: 'perturbations', kind: 'normal', draw: 'repeat' },
      ...(interpolation === 'sample'
        ? [{ name: 'coefficients', kind: 'uniform', draw: 'repeat' } as const]
        : []),
    ],
    loss({ real }, context) {
      const samples = tf.tidy(() => {
        const { mean } = tf.moments(real);
        const deviation = tf.sqrt(tf.mean(tf.square(tf.sub(real, mean))));
        // Normal numbers to uniform ones by their distribution function: (1 + erf(n / sqrt 2)) / 2.
        const uniform = tf.mul(0.5, tf.add(1, tf.erf(tf.mul(context.inputs.perturbations, Math.SQRT1_2))));
        const moved = tf.mul(tf.mul(perturbation, deviation), uniform);
        if (interpolation === 'none') return tf.add(real, moved);
        const shape = real.shape.map((size, axis) => (axis === 0 ? size : 1));
        return tf.add(real, tf.mul(tf.reshape(context.inputs.coefficients, shape), moved));
      });
      return gradientPenalty({ discriminate: (x) => context.discriminate(x).logits, samples }, { norm });
    },
  };
}
