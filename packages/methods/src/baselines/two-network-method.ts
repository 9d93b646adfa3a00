import type { Method, OptimizerOptions, Phase, PhaseLoss, Regulariser } from '@dist-gan/core';
import type * as tf from '@tensorflow/tfjs-core';
import { compose } from '../composition/compose.js';
import { addedTo, type CompositionOptions } from '../composition/composition-entries.js';

interface Logits {
  readonly realLogits: tf.Tensor2D;
  readonly fakeLogits: tf.Tensor2D;
}

/**
 * A method with a generator and a discriminator, given by its two adversarial losses: so many updates of the
 * discriminator, each with data and latents of its own, then one of the generator; and whatever is added to them.
 */
export function twoNetworkMethod<
  Options extends CompositionOptions & { readonly generatorLearningRate?: number | undefined },
>({
  identity,
  options,
  optimizer,
  discriminatorLoss,
  afterDiscriminator,
  generatorLoss,
  generatorSeesReal = false,
  penalties: own = [],
}: {
  readonly identity: Pick<Method, 'id' | 'title' | 'source'>;
  readonly options: Options;
  readonly optimizer: OptimizerOptions;
  readonly discriminatorLoss: (logits: Logits) => tf.Scalar;
  readonly afterDiscriminator?: Phase['after'];
  /** `realLogits` is there where the generator sees real samples. */
  readonly generatorLoss: (logits: Logits) => tf.Scalar;
  /** Whether the generator's loss reads real samples: relativistic ones do. */
  readonly generatorSeesReal?: boolean;
  /** What the method adds by itself. */
  readonly penalties?: readonly Regulariser[];
}): Method {
  const added = addedTo(identity.id, options);
  return compose({
    identity: {
      ...identity,
      options: { ...options, ...added.options },
    },
    optimizer,
    generatorLearningRate: options.generatorLearningRate,
    discriminatorSteps: options.discriminatorSteps,
    packing: options.packing,
    discriminator: {
      reads: ['real', 'latents'],
      loss(batch) {
        const fake = batch.generated().samples;
        const realLogits = batch.discriminate(batch.real).logits;
        const fakeLogits = batch.discriminate(fake).logits;
        return adversarial(discriminatorLoss({ realLogits, fakeLogits }));
      },
      ...(afterDiscriminator !== undefined && { after: afterDiscriminator }),
    },
    generator: {
      reads: generatorSeesReal ? ['real', 'latents'] : ['latents'],
      loss(batch) {
        const fakeLogits = batch.discriminate(batch.generated().samples).logits;
        return adversarial(
          generatorLoss({
            fakeLogits,
            get realLogits() {
              return batch.discriminate(batch.real).logits;
            },
          }),
        );
      },
    },
    regularisers: [...own, ...added.regularisers],
  });
}

function adversarial(loss: tf.Scalar): PhaseLoss {
  return { total: loss, terms: { adversarial: loss } };
}
