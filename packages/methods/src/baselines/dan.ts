import {
  nonNegative,
  oneOf,
  positiveInteger,
  resolveOptions,
  type Method,
  type Phase,
  type PhaseContext,
  type PhaseLoss,
  type Role,
  type Source,
} from '@dist-gan/core';
import { minimaxDiscriminatorLoss, nonSaturatingGeneratorLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { adam, adamEntries, type AdamMethodOptions } from '../options/adam.js';
import { drawn } from './autoencoder-discriminator.js';

/** What both have: the authors' defaults for points. */
const entries = {
  /** Weight of what the sets say, in the generator's loss. The authors' MNIST has 0.2 (DAN-S) and 0.1 (DAN-2S) beside single samples. */
  setWeight: v.optional(nonNegative, 1),
  /** Whether single samples are judged, too, by a second discriminator, as in the authors' MNIST. Default false. */
  singleSamples: v.optional(v.boolean('must be true or false'), false),
  ...adamEntries({ learningRate: 1e-4, beta1: 0.5, beta2: 0.999 }),
};

const danSSchema = v.strictObject({
  /** Samples in a set; the batch must be a multiple. Default 64. The authors take the whole batch of 512 (points) or 256. */
  setSize: v.optional(positiveInteger, 64),
  ...entries,
});

const dan2SSchema = v.strictObject({
  /** Samples in each of two sets that are compared; the batch must be a multiple of twice as many. Default 32. */
  setSize: v.optional(positiveInteger, 32),
  /**
   * How the generator wants both kinds of mixed pairs judged: as `alike` (default), or `as-released`, where the notebook asks
   * for one of them to look different, by a slip as it seems.
   */
  generatorPairs: v.optional(oneOf(['alike', 'as-released']), 'alike'),
  ...entries,
});

export type DanSOptions = v.InferInput<typeof danSSchema>;
export type Dan2SOptions = v.InferInput<typeof dan2SSchema>;

const source: Source = {
  title: 'Li, Alvarez-Melis, Xu, Jegelka, Sra: Distributional adversarial networks',
  year: 2017,
  reference: 'arXiv:1706.09549',
  code: 'github.com/ChengtaoLi/dan',
};

/**
 * DAN-S: the discriminator judges whole sets of samples, by the mean of what it makes of each, so that a set of few modes is
 * told from one of many.
 *
 *     discriminator  mean softplus(-D(X)) + mean softplus(D(G(Z)))        over sets
 *     generator      setWeight mean softplus(-D(G(Z)))
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Li et al., "Distributional adversarial networks", 2017, arXiv 1706.09549, section 3
 */
export function danS(options?: DanSOptions): Method {
  const resolved = resolveOptions(danSSchema, options, 'dan-s');
  const { setSize } = resolved;
  const judge = (context: PhaseContext, samples: tf.Tensor) =>
    context.discriminate(samples, 'set-discriminator').logits;
  return distributional({
    identity: { id: 'dan-s', title: 'DAN-S', options: resolved },
    role: { id: 'set-discriminator', kind: 'set-discriminator', packing: setSize },
    options: resolved,
    discriminator: (context) =>
      minimaxDiscriminatorLoss({
        realLogits: judge(context, context.inputs.real),
        fakeLogits: judge(context, generated(context)),
      }),
    generatorReads: ['latents'],
    generator: (context) => nonSaturatingGeneratorLoss({ fakeLogits: judge(context, generated(context)) }),
  });
}

/**
 * DAN-2S: the discriminator is a test of two samples: it tells whether two sets come from one distribution, by how far their means
 * lie apart. With X1, X2 the halves of a real batch, F1, F2 those of a generated one, and a positive logit meaning "different":
 *
 *     discriminator  softplus(D(X1, X2)) + softplus(D(F1, F2)) + softplus(-D(X2, F1)) + softplus(-D(X1, F2))
 *     generator      setWeight (softplus(D(X2, F1)) + softplus(D(X1, F2)))
 *
 * each on average over pairs of sets.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Li et al., "Distributional adversarial networks", 2017, arXiv 1706.09549, section 3
 */
export function dan2S(options?: Dan2SOptions): Method {
  const resolved = resolveOptions(dan2SSchema, options, 'dan-2s');
  const { setSize, generatorPairs } = resolved;
  const pairs = (context: PhaseContext) => {
    const [real1, real2] = halves(context.inputs.real, setSize);
    const [fake1, fake2] = halves(generated(context), setSize);
    const judge = (one: tf.Tensor, other: tf.Tensor) => {
      const [sets, size, ...shape] = one.shape;
      const samples = tf.reshape(tf.concat([one, other], 1), [2 * sets * size, ...shape]);
      return context.discriminate(samples, 'set-discriminator').logits;
    };
    return {
      real: () => judge(real1, real2),
      fake: () => judge(fake1, fake2),
      mixed: [() => judge(real2, fake1), () => judge(real1, fake2)],
    };
  };
  const called = (different: boolean, logits: tf.Tensor) =>
    tf.mean<tf.Scalar>(tf.softplus(different ? tf.neg(logits) : logits));
  return distributional({
    identity: { id: 'dan-2s', title: 'DAN-2S', options: resolved },
    role: { id: 'set-discriminator', kind: 'two-set-discriminator', packing: 2 * setSize },
    options: resolved,
    discriminator(context) {
      const { real, fake, mixed } = pairs(context);
      return tf.addN<tf.Scalar>([
        called(false, real()),
        called(false, fake()),
        ...mixed.map((logits) => called(true, logits())),
      ]);
    },
    generatorReads: ['real', 'latents'],
    generator(context) {
      const [first, second] = pairs(context).mixed;
      return tf.add<tf.Scalar>(called(generatorPairs === 'as-released', first()), called(false, second()));
    },
  });
}

/** What the two have in common: a discriminator of sets, and one of single samples where it is asked for. */
function distributional({
  identity,
  role,
  options,
  discriminator,
  generatorReads,
  generator,
}: {
  readonly identity: Pick<Method, 'id' | 'title' | 'options'>;
  readonly role: Role;
  readonly options: AdamMethodOptions & { readonly setWeight: number; readonly singleSamples: boolean };
  readonly discriminator: (context: PhaseContext) => tf.Scalar;
  readonly generatorReads: readonly ('real' | 'latents')[];
  readonly generator: (context: PhaseContext) => tf.Scalar;
}): Method {
  const optimizer = adam(options);
  const { setWeight, singleSamples } = options;
  const ofSingleSamples: Phase = {
    name: 'discriminator',
    updates: ['discriminator'],
    repeats: 1,
    optimizer,
    inputs: drawn('real', 'latents'),
    loss(context) {
      const adversarial = minimaxDiscriminatorLoss({
        realLogits: context.discriminate(context.inputs.real).logits,
        fakeLogits: context.discriminate(generated(context)).logits,
      });
      return { total: adversarial, terms: { adversarial } };
    },
  };
  return {
    ...identity,
    source,
    roles: [
      { id: 'generator', kind: 'generator' },
      ...(singleSamples ? [{ id: 'discriminator', kind: 'discriminator' } as const] : []),
      role,
    ],
    phases: [
      ...(singleSamples ? [ofSingleSamples] : []),
      {
        name: 'set-discriminator',
        updates: [role.id],
        repeats: 1,
        optimizer,
        inputs: drawn('real', 'latents'),
        loss(context) {
          const sets = discriminator(context);
          return { total: sets, terms: { sets } };
        },
      },
      {
        name: 'generator',
        updates: ['generator'],
        repeats: 1,
        optimizer,
        inputs: drawn(...generatorReads),
        loss(context): PhaseLoss {
          const sets = generator(context);
          const weighted = tf.mul<tf.Scalar>(setWeight, sets);
          if (!singleSamples) return { total: weighted, terms: { sets } };
          const adversarial = nonSaturatingGeneratorLoss({
            fakeLogits: context.discriminate(generated(context)).logits,
          });
          return { total: tf.add<tf.Scalar>(adversarial, weighted), terms: { sets, adversarial } };
        },
      },
    ],
  };
}

function generated(context: PhaseContext): tf.Tensor {
  return context.generate(context.inputs.latents as tf.Tensor2D).samples;
}

/** The sets of the first half of a batch and those of the second, `[sets, size, ...]` each. */
function halves(samples: tf.Tensor, size: number): tf.Tensor[] {
  const [batch, ...shape] = samples.shape;
  return tf.split(samples, 2).map((half) => tf.reshape(half, [batch / (2 * size), size, ...shape]));
}
