import { positive, resolveOptions, type Augmentation } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { diffAugment } from './diff-augment.js';
import { requireImages } from './require-images.js';

const id = 'adaptive-diff-augment';

const flag = v.optional(v.boolean('must be true or false'), true);

const schema = v.strictObject({
  /** The mean sign of the discriminator's logits at real samples that the probability is steered to. Default 0.6. */
  target: v.optional(
    v.pipe(v.number('must be a number'), v.minValue(-1, 'must be -1 to 1'), v.maxValue(1, 'must be -1 to 1')),
    0.6,
  ),
  /** In how many images the probability can go from 0 to 1. Default 500,000. */
  images: v.optional(positive, 500_000),
  /** Brightness, saturation and contrast. Default true. */
  color: flag,
  /** Shifts. Default true. */
  translation: flag,
  /** A cut-out rectangle. Default true. */
  cutout: flag,
});

export type AdaptiveDiffAugmentOptions = v.InferInput<typeof schema>;

/** One to choose whether, seven to say how. */
const numbersOfChange = 1 + diffAugment().numbersPerSample;

/**
 * DiffAugment, each of its changes with a probability that adapts, as in ADA: it rises while the discriminator is surer of real
 * samples than it should be, which is when it learns them by heart, and falls otherwise. Below a probability of about 0.8 the
 * generator does not learn to make changed images.
 *
 * It looks at the signs of the logits of real samples, so that these must have a 0 that means "cannot tell", as those of cross-entropy
 * and hinge have; those of Wasserstein and relativistic losses may be anywhere. A method without such logits (EBGAN) refuses it.
 *
 * The probability is the run's: a variable that starts at 0, is saved in checkpoints, and stands in the log as
 * `augmentationProbability` of the discriminator's phase. ADA's own changes are others (rotations, scales, colour matrices).
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Karras et al., "Training generative adversarial networks with limited data", 2020, arXiv 2006.06676, section 3
 */
export function adaptiveDiffAugment(options?: AdaptiveDiffAugmentOptions): Augmentation {
  const resolved = resolveOptions(schema, options, id);
  const none = { color: false, translation: false, cutout: false };
  const changes = (['color', 'translation', 'cutout'] as const)
    .filter((kind) => resolved[kind])
    .map((kind) => diffAugment({ ...none, [kind]: true }));
  const numbersPerSample = numbersOfChange * changes.length;
  return {
    id,
    title: 'Adaptive DiffAugment',
    source: {
      title: 'Karras et al.: Training generative adversarial networks with limited data',
      year: 2020,
      reference: 'arXiv:2006.06676',
    },
    options: resolved,
    changes: 'discriminated',
    numbersPerSample,
    adapts: { target: resolved.target, images: resolved.images },
    apply(samples, numbers, range, probability = 1) {
      requireImages(id, samples, numbers, numbersPerSample);
      return tf.tidy(() =>
        changes.reduce<tf.Tensor>((images, change, i) => {
          const own = tf.slice(numbers, [0, numbersOfChange * i], [-1, numbersOfChange]);
          const [choice, how] = tf.split(own, [1, numbersOfChange - 1], 1);
          const chosen = tf.reshape(tf.cast(tf.less(choice, probability), 'float32'), [-1, 1, 1, 1]);
          const changed = change.apply(images, how as tf.Tensor2D, range);
          return tf.add(images, tf.mul(chosen, tf.sub(changed, images)));
        }, samples),
      );
    },
  };
}
