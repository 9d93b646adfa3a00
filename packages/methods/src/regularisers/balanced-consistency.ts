import { diffAugment, horizontalFlip } from '@dist-gan/augmentations';
import {
  OptionError,
  nonNegative,
  resolveOptions,
  type Augmentation,
  type PhaseContext,
  type PhaseInput,
  type Regulariser,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';

const id = 'balanced-consistency';

const schema = v.strictObject({
  /** Of real samples. */
  realWeight: v.optional(nonNegative, 10),
  /** Of generated samples. */
  fakeWeight: v.optional(nonNegative, 10),
  /** Whether images are mirrored, each with a chance of 1/2. Not for digits or text. Default true. */
  flip: v.optional(v.boolean('must be true or false'), true),
  /** Whether images are shifted by up to an eighth, 4 pixels of 32; what moves in is 0. Default true. */
  translation: v.optional(v.boolean('must be true or false'), true),
  /** Standard deviation of normal noise that is added to every entry; for samples that are no images. Default 0. */
  noise: v.optional(nonNegative, 0),
});

export type BalancedConsistencyOptions = v.InferInput<typeof schema>;

/**
 * Balanced consistency regularisation (bCR): the discriminator says the same of a sample and of a changed one, real or generated.
 *
 *     realWeight mean (D(x) - D(T(x)))^2 + fakeWeight mean (D(G(z)) - D(T(G(z))))^2
 *
 * T changes images by a flip and a shift, as in the paper's experiments on CIFAR-10; points and the like by `noise` alone, with
 * `flip` and `translation` off. The i-th real and the i-th generated sample are changed alike.
 *
 * @throws OptionError when an option is unknown or out of range, or nothing is changed
 * @see Zhao, Singh, Lee, Zhang, Odena, Zhang, "Improved consistency regularization for GANs", 2020, arXiv 2002.04724, Algorithm 1
 */
export function balancedConsistency(options?: BalancedConsistencyOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { realWeight, fakeWeight, flip, translation, noise } = resolved;
  const augmentations: Augmentation[] = [
    ...(flip ? [horizontalFlip()] : []),
    ...(translation ? [diffAugment({ color: false, cutout: false })] : []),
  ];
  if (augmentations.length === 0 && noise === 0) {
    throw new OptionError(
      `${id}: flip, translation and noise are all off, so that no sample is changed; switch one of them on`,
      `${id}.noise`,
      noise,
    );
  }
  const numbers = augmentations.reduce((sum, { numbersPerSample }) => sum + numbersPerSample, 0);
  const numberNames = Array.from({ length: numbers }, (_, i) => `consistencyNumber${i}`);
  const inputs: PhaseInput[] = [
    ...numberNames.map((name): PhaseInput => ({ name, kind: 'uniform', draw: 'repeat' })),
    ...(noise > 0 ? [{ name: 'consistencyNoise', kind: 'normal', draw: 'repeat' } as const] : []),
  ];
  const change = (samples: tf.Tensor, context: PhaseContext): tf.Tensor => {
    requireImages(samples, augmentations);
    const drawn = numberNames.map((name) => context.inputs[name] as tf.Tensor2D);
    let changed = samples;
    for (const augmentation of augmentations) {
      const own = drawn.splice(0, augmentation.numbersPerSample);
      // Around [-1, 1] its grey, which moves in at the edges, is 0.
      changed = augmentation.apply(changed, own.length === 1 ? own[0] : tf.concat(own, 1), [-1, 1]);
    }
    return noise > 0 ? tf.add(changed, tf.mul(noise, context.inputs.consistencyNoise)) : changed;
  };
  return {
    id,
    title: 'Balanced consistency regularisation',
    source: {
      title: 'Zhao et al.: Improved consistency regularization for GANs',
      year: 2020,
      reference: 'arXiv:2002.04724',
    },
    options: resolved,
    term: 'consistency',
    phase: 'discriminator',
    weight: 1,
    reads: ['real', 'latents'],
    inputs,
    loss(batch, context) {
      const inconsistency = (samples: tf.Tensor) => {
        const { logits } = batch.discriminate(samples);
        const ofChanged = context.discriminate(change(samples, context)).logits;
        return tf.mean<tf.Scalar>(tf.squaredDifference(logits, ofChanged));
      };
      const consistencyReal = inconsistency(batch.real);
      const consistencyFake = inconsistency(batch.generated().samples);
      return {
        total: tf.add<tf.Scalar>(tf.mul(realWeight, consistencyReal), tf.mul(fakeWeight, consistencyFake)),
        terms: { consistencyReal, consistencyFake },
      };
    },
  };
}

function requireImages(samples: tf.Tensor, augmentations: readonly Augmentation[]): void {
  if (augmentations.length === 0 || samples.rank === 4) return;
  throw new OptionError(
    `${id}: flip and translation change images, and samples are of shape [${samples.shape.slice(1).join(', ')}]; ` +
      'switch both off and give a noise, such as 0.05',
    `${id}.flip`,
    true,
  );
}
