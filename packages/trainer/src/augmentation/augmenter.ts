import type { Augmentation, Dataset } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';

/** Augmentations one after the other. */
interface Augmenter {
  /** Of all of them together. */
  readonly numbersPerSample: number;
  /** @param numbers `[batch, numbersPerSample]`, from U[0, 1) */
  apply(samples: tf.Tensor, numbers: tf.Tensor2D): tf.Tensor;
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
  const counts = augmentations.map(({ numbersPerSample }) => numbersPerSample);
  return {
    numbersPerSample: counts.reduce((sum, count) => sum + count, 0),
    apply: (samples, numbers) =>
      tf.tidy(() => {
        const own = tf.split<tf.Tensor2D>(numbers, counts, 1);
        return augmentations.reduce((x, augmentation, i) => augmentation.apply(x, own[i], range), samples);
      }),
  };
}
