import type { PhaseInput } from '@dist-gan/core';
import { distGanDiscriminatorLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import type { BaseLoss } from '../composition/compose.js';
import type { ResolvedDistGanOptions } from './options.js';

/** What the discriminator's loss of Dist-GAN, and of GN-GAN, depends on. */
export type DiscriminatorLossOptions = Pick<
  ResolvedDistGanOptions,
  | 'autoencoder'
  | 'discriminatorLoss'
  | 'hingeOn'
  | 'reconstructedLabel'
  | 'realWeight'
  | 'reconstructedWeight'
  | 'fakeWeight'
  | 'reconstructedFade'
>;

/** The discriminator's loss without its penalty: Eq 5 of the paper, or its hinge version. */
export function discriminatorLoss(options: DiscriminatorLossOptions): BaseLoss {
  const label = options.autoencoder ? options.reconstructedLabel : 'none';
  const fades = label === 'real' && options.reconstructedFade === 'second-half';
  const fade: PhaseInput = { name: 'fade', kind: 'schedule', value: fadeAt };
  return {
    reads: ['real', 'latents'],
    ...(fades && { inputs: [fade] }),
    loss(batch, { inputs }) {
      const fake = batch.generated().samples;
      const logitsOf = (samples: tf.Tensor) => batch.discriminate(samples).logits;
      return distGanDiscriminatorLoss(
        {
          realLogits: logitsOf(batch.real),
          fakeLogits: logitsOf(fake),
          ...(label === 'none' ? {} : { reconstructedLogits: logitsOf(batch.reconstructed().samples) }),
        },
        {
          form: options.discriminatorLoss,
          hingeOn: options.hingeOn,
          reconstructedLabel: label,
          fakeWeight: options.fakeWeight,
          ...positiveWeights(options, label, fades ? (inputs.fade as tf.Scalar) : undefined),
        },
      );
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
  { realWeight, reconstructedWeight }: DiscriminatorLossOptions,
  label: DiscriminatorLossOptions['reconstructedLabel'],
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
