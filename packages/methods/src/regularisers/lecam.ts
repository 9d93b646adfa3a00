import {
  decay,
  nonNegative,
  oneOf,
  resolveOptions,
  type PhaseContext,
  type Regulariser,
} from '@dist-gan/core';
import { leCam as leCamLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';

const id = 'le-cam';

const schema = v.strictObject({
  /** Default that of the paper's CIFAR-10 experiments, on logits of a hinge. */
  weight: v.optional(nonNegative, 0.3),
  /** Of the moving averages of mean logits. */
  decay: v.optional(decay, 0.99),
  /** The `two-sided` form of the paper (default) or the `one-sided` of its code; see `leCam` of `@dist-gan/losses`. */
  form: v.optional(oneOf(['two-sided', 'one-sided']), 'two-sided'),
});

export type LeCamOptions = v.InferInput<typeof schema>;

/** Keeps averages of nothing from being divided by 0. */
const leastShare = 1e-12;

/**
 * LeCam regularisation: the discriminator's logits are held near the moving average of those of the other kind, which bounds it
 * where data are few.
 *
 * The averages are kept as variables of the method, and are unbiased from the second update on, as Adam's moments are; the first
 * update sees averages of 0. (The code waits some steps instead.)
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Tseng et al., "Regularizing generative adversarial networks under limited data", 2021, arXiv 2104.03310, Eq 4
 */
export function leCam(options?: LeCamOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { weight, form } = resolved;
  const average = ({ variables }: PhaseContext, of: 'leCamReal' | 'leCamFake') =>
    tf.div<tf.Scalar>(variables[of], tf.maximum(variables.leCamShare, leastShare));
  return {
    id,
    title: 'LeCam regularisation',
    source: {
      title: 'Tseng, Jiang, Liu, Yang, Yang: Regularizing generative adversarial networks under limited data',
      year: 2021,
      reference: 'arXiv:2104.03310',
    },
    options: resolved,
    term: 'leCam',
    phase: 'discriminator',
    weight,
    reads: ['real', 'latents'],
    /** The averages so far, and the share of the weights of an endless average that they have. */
    variables: { leCamReal: 0, leCamFake: 0, leCamShare: 0 },
    loss(batch, context) {
      const realLogits = batch.discriminate(batch.real).logits;
      const fakeLogits = batch.discriminate(batch.generated().samples).logits;
      const total = leCamLoss(
        {
          realLogits,
          fakeLogits,
          realAverage: average(context, 'leCamReal'),
          fakeAverage: average(context, 'leCamFake'),
        },
        { form },
      );
      return { total, terms: { realLogit: tf.mean(realLogits), fakeLogit: tf.mean(fakeLogits) } };
    },
    after: ({ variables }, { realLogit, fakeLogit }) =>
      tf.tidy(() => {
        const move = (of: tf.Variable, to: tf.Scalar | number) =>
          of.assign(tf.add(tf.mul(resolved.decay, of), tf.mul(1 - resolved.decay, to)));
        move(variables.leCamReal, realLogit);
        move(variables.leCamFake, fakeLogit);
        move(variables.leCamShare, 1);
      }),
  };
}
