import { OptionError, type Augmentation, type Dataset } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';

/** Augmentations one after the other. */
interface Augmenter {
  /** Of all of them together. */
  readonly numbersPerSample: number;
  /** Of the one that adapts, where there is one. */
  readonly adapts?: Augmentation['adapts'];
  /**
   * @param numbers `[batch, numbersPerSample]`, from U[0, 1)
   * @param probability of those that adapt
   */
  apply(samples: tf.Tensor, numbers: tf.Tensor2D, probability?: tf.Scalar): tf.Tensor;
}

/** What a step changes: see `changes` of `Augmentation`. Nothing where an augmenter is missing. */
export type Augmenters = Readonly<Partial<Record<Augmentation['changes'], Augmenter>>>;

export function createAugmenters(
  augmentations: readonly Augmentation[],
  range: Dataset['range'],
): Augmenters {
  const real = augmentations.filter(({ changes }) => changes === 'real');
  const discriminated = augmentations.filter(({ changes }) => changes === 'discriminated');
  return {
    ...(real.length > 0 && { real: createAugmenter(real, range) }),
    ...(discriminated.length > 0 && { discriminated: createAugmenter(discriminated, range) }),
  };
}

function createAugmenter(augmentations: readonly Augmentation[], range: Dataset['range']): Augmenter {
  const adaptive = augmentations.filter(({ adapts }) => adapts !== undefined);
  if (adaptive.length > 1) {
    const ids = adaptive.map(({ id }) => id);
    throw new OptionError(
      `fit.augmentations: ${ids.join(' and ')} both adapt their probability, and a run has one; keep one of them`,
      'fit.augmentations',
      ids,
    );
  }
  const counts = augmentations.map(({ numbersPerSample }) => numbersPerSample);
  return {
    numbersPerSample: counts.reduce((sum, count) => sum + count, 0),
    ...(adaptive.length > 0 && { adapts: adaptive[0].adapts }),
    apply: (samples, numbers, probability) =>
      tf.tidy(() => {
        const own = tf.split<tf.Tensor2D>(numbers, counts, 1);
        return augmentations.reduce((x, augmentation, i) => {
          const often = augmentation.adapts === undefined ? undefined : probability;
          return augmentation.apply(x, own[i], range, often);
        }, samples);
      }),
  };
}
