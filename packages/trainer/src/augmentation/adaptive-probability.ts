import type { Augmentation, PhaseContext } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';

/** The run's variable that holds with which probability augmentations that adapt are applied. */
export const augmentationProbability = 'augmentationProbability';

/**
 * Steers the probability of augmentations as ADA does: by the mean sign of a discriminator's logits at the real samples of a phase.
 */
export class AdaptiveProbability {
  private meanSign: tf.Scalar | undefined;

  /** @param variable the probability */
  constructor(
    private readonly variable: tf.Variable,
    private readonly adapts: NonNullable<Augmentation['adapts']>,
  ) {}

  /** The same context, which notes what a discriminator says of the phase's real samples when its loss asks. */
  watch(context: PhaseContext): PhaseContext {
    const { real } = context.inputs;
    return {
      ...context,
      discriminate: (samples, role) => {
        const output = context.discriminate(samples, role);
        const judged = 'samples' in samples ? samples.samples : samples;
        if (judged === real && this.meanSign === undefined) {
          const positive = tf.mean(tf.cast(tf.greater(output.logits, 0), 'float32'));
          this.meanSign = tf.keep(tf.sub<tf.Scalar>(tf.mul(2, positive), 1));
        }
        return output;
      },
    };
  }

  /** Moves the probability by what was noted, if anything was. */
  move(batchSize: number): void {
    const { meanSign } = this;
    if (meanSign === undefined) return;
    this.meanSign = undefined;
    tf.tidy(() => {
      const above = tf.cast(tf.greater(meanSign, this.adapts.target), 'float32');
      const below = tf.cast(tf.less(meanSign, this.adapts.target), 'float32');
      const moved = tf.mul(batchSize / this.adapts.images, tf.sub(above, below));
      this.variable.assign(tf.clipByValue(tf.add(this.variable, moved), 0, 1));
    });
    meanSign.dispose();
  }
}
