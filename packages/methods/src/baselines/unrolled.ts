import { positive, positiveInteger, resolveOptions, type Method, type PhaseContext } from '@dist-gan/core';
import { minimaxDiscriminatorLoss, unrolledWeights } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { discriminatorRole } from '../composition/discriminator-role.js';
import { adam, adamEntries } from '../options/adam.js';
import { drawn } from './autoencoder-discriminator.js';

const schema = v.strictObject({
  /** Updates of the discriminator that the generator looks through. */
  unrolledSteps: v.optional(positiveInteger, 5),
  /** Step size of the generator; `learningRate` is the discriminator's, unrolled or not. */
  generatorLearningRate: v.optional(positive, 1e-3),
  /** Discriminator updates in one training step. */
  discriminatorSteps: v.optional(positiveInteger, 1),
  /** How many samples the discriminator judges together, as PacGAN does; the batch must be a multiple. */
  packing: v.optional(positiveInteger, 1),
  ...adamEntries({ learningRate: 1e-4, beta1: 0.5, beta2: 0.999 }),
});

export type UnrolledOptions = v.InferInput<typeof schema>;

/**
 * Unrolled GAN: the generator maximises the loss that the discriminator would have after some more updates, and sees how
 * these depend on it. The discriminator itself is updated once.
 *
 *     discriminator  cross-entropy
 *     generator      -(cross-entropy at the weights after `unrolledSteps` updates by Adam, from empty moments)
 *
 * All of these updates are made on the generator's own batch, as in the published notebook, which goes on from the moments of the
 * discriminator's own optimiser, though, and updates both networks at once. A step costs about `unrolledSteps` times three
 * discriminator updates more than one of a GAN.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Metz, Poole, Pfau, Sohl-Dickstein, "Unrolled generative adversarial networks", 2016, arXiv 1611.02163
 */
export function unrolled(options?: UnrolledOptions): Method {
  const resolved = resolveOptions(schema, options, 'unrolled');
  const { unrolledSteps: steps, learningRate, beta1, beta2 } = resolved;
  return {
    id: 'unrolled',
    title: 'Unrolled GAN',
    source: {
      title: 'Metz, Poole, Pfau, Sohl-Dickstein: Unrolled generative adversarial networks',
      year: 2016,
      reference: 'arXiv:1611.02163',
      code: 'github.com/poolio/unrolled_gan',
    },
    options: resolved,
    roles: [{ id: 'generator', kind: 'generator' }, discriminatorRole('discriminator', resolved.packing)],
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: resolved.discriminatorSteps,
        optimizer: adam(resolved),
        inputs: drawn('real', 'latents'),
        loss(context) {
          const adversarial = crossEntropy(context, generated(context));
          return { total: adversarial, terms: { adversarial } };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer: adam({ ...resolved, learningRate: resolved.generatorLearningRate }),
        inputs: drawn('real', 'latents'),
        loss(context) {
          const fake = generated(context);
          const lossAt = (weights: readonly tf.Tensor[]) =>
            context.withWeights('discriminator', weights, () => crossEntropy(context, fake));
          const weights = unrolledWeights(
            { loss: lossAt, weights: context.weights('discriminator') },
            { steps, learningRate, beta1, beta2 },
          );
          const unrolledLoss = lossAt(weights);
          return { total: tf.neg<tf.Scalar>(unrolledLoss), terms: { unrolled: unrolledLoss } };
        },
      },
    ],
  };
}

function generated(context: PhaseContext): tf.Tensor {
  return context.generate(context.inputs.latents as tf.Tensor2D).samples;
}

function crossEntropy(context: PhaseContext, fake: tf.Tensor): tf.Scalar {
  return minimaxDiscriminatorLoss({
    realLogits: context.discriminate(context.inputs.real).logits,
    fakeLogits: context.discriminate(fake).logits,
  });
}
