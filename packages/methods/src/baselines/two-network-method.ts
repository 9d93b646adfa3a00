import {
  OptionError,
  type Method,
  type OptimizerOptions,
  type Phase,
  type PhaseLoss,
  type Regulariser,
} from '@dist-gan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type * as v from 'valibot';
import { compose } from '../composition/compose.js';
import { describeRegularisers, makeRegularisers } from '../composition/regulariser-list.js';
import type { compositionEntries } from './two-network-options.js';

type CompositionOptions = v.InferOutput<
  v.StrictObjectSchema<ReturnType<typeof compositionEntries>, undefined>
>;

interface Logits {
  readonly realLogits: tf.Tensor2D;
  readonly fakeLogits: tf.Tensor2D;
}

/**
 * A method with a generator and a discriminator, given by its two adversarial losses: so many updates of the
 * discriminator, each with data and latents of its own, then one of the generator; and whatever is added to them.
 */
export function twoNetworkMethod<Options extends CompositionOptions>({
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
  const penalties = makeRegularisers(options.penalties);
  const regularisers = makeRegularisers(options.regularisers);
  requirePenalties(identity.id, penalties);
  return compose({
    identity: {
      ...identity,
      options: {
        ...options,
        penalties: describeRegularisers(penalties),
        regularisers: describeRegularisers(regularisers),
      },
    },
    optimizer,
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
    regularisers: [...own, ...penalties, ...regularisers],
  });
}

function adversarial(loss: tf.Scalar): PhaseLoss {
  return { total: loss, terms: { adversarial: loss } };
}

function requirePenalties(method: string, penalties: readonly Regulariser[]): void {
  for (const { id, phase } of penalties) {
    if (phase === 'discriminator') continue;
    throw new OptionError(
      `${method}.penalties: ${id} acts in the ${phase} phase, and penalties are the discriminator's; list it under regularisers`,
      `${method}.penalties`,
      id,
    );
  }
}
