import type { Phase, PhaseInput, PhaseLoss } from '@dist-gan/core';
import { distGanDiscriminatorLoss, gradientPenalty, interpolate } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import { adam } from '../options/adam.js';
import { draws } from './batches.js';
import type { ResolvedDistGanOptions } from './options.js';

/** The discriminator's phase: Eq 5 of the paper, or its hinge version. */
export function discriminatorPhase(options: ResolvedDistGanOptions): Phase {
  const { gradientPenaltyWeight } = options;
  const label = options.autoencoder ? options.reconstructedLabel : 'none';
  const withPenalty = gradientPenaltyWeight > 0;
  const fades = label === 'real' && options.reconstructedFade === 'second-half';

  const draw = draws(options, 'discriminator');
  const coefficients: PhaseInput = { name: 'coefficients', kind: 'uniform', draw: 'repeat' };
  const fade: PhaseInput = { name: 'fade', kind: 'schedule', value: fadeAt };
  return {
    name: 'discriminator',
    updates: ['discriminator'],
    repeats: options.discriminatorSteps,
    optimizer: adam(options),
    inputs: [
      { name: 'real', kind: 'real', draw: draw.real },
      { name: 'latents', kind: 'latents', draw: draw.latents },
      ...(withPenalty ? [coefficients] : []),
      ...(fades ? [fade] : []),
    ],

    loss(context): PhaseLoss {
      const { inputs } = context;
      const { real } = inputs;
      const fake = context.generate(inputs.latents as tf.Tensor2D).samples;
      const logitsOf = (samples: tf.Tensor) => context.discriminate(samples).logits;
      const { total, terms } = distGanDiscriminatorLoss(
        {
          realLogits: logitsOf(real),
          fakeLogits: logitsOf(fake),
          ...(label === 'none'
            ? {}
            : { reconstructedLogits: logitsOf(context.generate(context.encode(real)).samples) }),
        },
        {
          form: options.discriminatorLoss,
          hingeOn: options.hingeOn,
          reconstructedLabel: label,
          fakeWeight: options.fakeWeight,
          ...positiveWeights(options, label, fades ? (inputs.fade as tf.Scalar) : undefined),
        },
      );
      if (!withPenalty) return { total, terms: terms };

      const samples = interpolate({
        realSamples: real,
        fakeSamples: fake,
        coefficients: inputs.coefficients,
      });
      const penalty = gradientPenalty(
        { discriminate: logitsOf, samples },
        { norm: options.gradientPenaltyNorm },
      );
      const signedWeight =
        options.gradientPenaltySign === 'plus' ? gradientPenaltyWeight : -gradientPenaltyWeight;
      return {
        total: tf.add<tf.Scalar>(total, tf.mul(signedWeight, penalty)),
        terms: { ...terms, gradientPenalty: penalty },
      };
    },
  };
}

/**
 * The share of the reconstructions' weight that has moved to the real samples: mu of the authors' code
 * divided by its ceiling of 0.05, `clip(0.2 t - 0.1, 0, 0.05) / 0.05` (distgan_image/distgan.py:197-204).
 */
function fadeAt(progress: number): number {
  return Math.min(Math.max(4 * progress - 2, 0), 1);
}

function positiveWeights(
  { realWeight, reconstructedWeight }: ResolvedDistGanOptions,
  label: 'real' | 'fake' | 'none',
  fade: tf.Scalar | undefined,
): { readonly realWeight: number | tf.Scalar; readonly reconstructedWeight: number | tf.Scalar } {
  if (label === 'none') return { realWeight: realWeight + reconstructedWeight, reconstructedWeight: 0 };
  if (fade === undefined) return { realWeight, reconstructedWeight };
  const moved = tf.mul<tf.Scalar>(reconstructedWeight, fade);
  return {
    realWeight: tf.add<tf.Scalar>(realWeight, moved),
    reconstructedWeight: tf.sub<tf.Scalar>(reconstructedWeight, moved),
  };
}
