import type { Method, Phase } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { failedChecks } from '../check.js';
import { describeMethod, methodChecks } from './method-checks.js';

const optimizer = { id: 'adam', learningRate: 1e-3, beta1: 0.5, beta2: 0.9 } as const;

/** Lowers the logits of generated samples and raises those of real ones; interpolates and weighs, to use every input. */
const discriminator: Phase = {
  name: 'discriminator',
  updates: ['discriminator'],
  repeats: 2,
  optimizer,
  inputs: [
    { name: 'real', kind: 'real', draw: 'repeat' },
    { name: 'latents', kind: 'latents', draw: 'repeat' },
    { name: 'mix', kind: 'uniform', draw: 'repeat' },
    { name: 'weight', kind: 'schedule', value: (progress) => 1 - progress / 2 },
  ],
  loss: (context) => {
    const { inputs } = context;
    const { samples } = context.generate(inputs.latents as tf.Tensor2D);
    const mix = tf.reshape(inputs.mix, [-1, ...samples.shape.slice(1).map(() => 1)]);
    const mixed = tf.add(tf.mul(mix, samples), tf.mul(tf.sub(1, mix), inputs.real));
    const real = tf.mean(tf.softplus(tf.neg(context.discriminate(inputs.real).logits)));
    const fake = tf.mean(tf.softplus(context.discriminate(samples).logits));
    const between = tf.mean(tf.square(context.discriminate(mixed).logits));
    return scalars(tf.addN([real, fake, tf.mul(inputs.weight, between)]), { real, fake, between });
  },
};

const generator: Phase = {
  name: 'generator',
  updates: ['generator', 'encoder'],
  repeats: 1,
  optimizer,
  inputs: [
    { name: 'latents', kind: 'latents', draw: 'step' },
    { name: 'noise', kind: 'normal', draw: 'step' },
  ],
  loss: (context) => {
    const { inputs } = context;
    const { samples, logits } = context.generate(inputs.latents as tf.Tensor2D);
    const fool = tf.mean(tf.softplus(tf.neg(context.discriminate(samples).logits)));
    const recode = tf.mean(
      tf.squaredDifference(context.encode(tf.add(samples, inputs.noise)), inputs.latents),
    );
    const small = tf.mean(tf.square(logits!));
    return scalars(tf.addN([fool, recode, small]), { fool, recode, small });
  },
  after: (context) => {
    for (const weight of context.weights('generator')) weight.assign(tf.clipByValue(weight, -1, 1));
  },
};

function scalars(total: tf.Tensor, terms: Record<string, tf.Tensor>): ReturnType<Phase['loss']> {
  return { total: total as tf.Scalar, terms: terms as Record<string, tf.Scalar> };
}

const right: Method = {
  id: 'right-method',
  title: 'Right method',
  source: { title: 'Made for this test', year: 2026 },
  options: { clip: 1 },
  roles: [
    { id: 'encoder', kind: 'encoder' },
    { id: 'generator', kind: 'generator' },
    { id: 'discriminator', kind: 'discriminator' },
  ],
  phases: [discriminator, generator],
  variables: { balance: 0 },
};

describeMethod('a right method', { method: right });

describe('methodChecks', () => {
  const kept: tf.Tensor[] = [];
  let calls = 0;

  const phases = (change: Partial<Phase>): Partial<Method> => ({
    phases: [discriminator, { ...generator, ...change }],
  });

  const broken: { what: string; change: Partial<Method>; fails: string[] }[] = [
    { what: 'no title', change: { title: '' }, fails: ['describes itself'] },
    {
      what: 'options that are not JSON',
      change: { options: { weight: NaN } },
      fails: ['describes itself'],
    },
    {
      what: 'a role that nobody uses',
      change: { roles: [...right.roles, { id: 'critic', kind: 'discriminator' }] },
      fails: ['uses every role and reads every input'],
    },
    {
      what: 'an input that nobody reads',
      change: phases({ inputs: [...generator.inputs, { name: 'real', kind: 'real', draw: 'step' }] }),
      fails: ['uses every role and reads every input'],
    },
    {
      what: 'two phases of one name',
      change: { phases: [discriminator, discriminator, generator] },
      fails: ['has phases that fit together'],
    },
    {
      what: 'half a repeat',
      change: phases({ repeats: 0.5 }),
      fails: ['has phases that fit together'],
    },
    {
      what: 'a loss per sample',
      change: {
        phases: [{ ...discriminator, loss: (context) => perSample(discriminator.loss(context)) }, generator],
      },
      fails: ['has losses and terms that are finite scalars'],
    },
    {
      what: 'a term that is NaN at the end of the run',
      change: {
        phases: [
          {
            ...discriminator,
            loss: (context) => {
              const { total, terms } = discriminator.loss(context);
              return scalars(total, { ...terms, real: tf.log(tf.sub(context.inputs.weight, 0.75)) });
            },
          },
          generator,
        ],
      },
      fails: ['has losses and terms that are finite scalars', 'takes samples of any shape'],
    },
    {
      what: 'a loss without terms',
      change: phases({ loss: (context) => ({ ...generator.loss(context), terms: {} }) }),
      fails: ['has losses and terms that are finite scalars'],
    },
    {
      what: 'a loss that reads a value',
      change: phases({
        loss: (context) => {
          const { total, terms } = generator.loss(context);
          return total.dataSync()[0] > 1e9 ? { total: terms.fool, terms } : { total, terms };
        },
      }),
      fails: ['has losses that are pure functions of their inputs'],
    },
    {
      what: 'a loss that counts its calls',
      change: phases({
        loss: (context) => {
          const { total, terms } = generator.loss(context);
          return { total: tf.add(total, ++calls), terms };
        },
      }),
      fails: ['takes samples of any shape', 'has losses that are pure functions of their inputs'],
    },
    {
      what: 'numbers of samples that meet those of places',
      change: {
        phases: [
          {
            ...discriminator,
            loss: (context) => {
              const { total, terms } = discriminator.loss(context);
              const weighted = tf.mean(tf.mul(context.inputs.mix, context.inputs.real));
              return { total: tf.add(total, weighted), terms };
            },
          },
          generator,
        ],
      },
      fails: ['takes samples of any shape'],
    },
    {
      what: 'half an interval',
      change: phases({ intervals: [0.5] }),
      fails: ['has phases that fit together'],
    },
    {
      what: 'an interval that no phase lists',
      change: phases({
        loss: (context) => (context.isDue(16) ? generator.loss(context) : withoutEncoder(context)),
      }),
      fails: [
        'uses every role and reads every input',
        'has losses and terms that are finite scalars',
        'takes samples of any shape',
        'has losses that are pure functions of their inputs',
        'changes exactly the networks that each phase lists',
        'leaves no tensors behind',
      ],
    },
    {
      what: 'a loss that is NaN when nothing is due',
      change: phases({
        intervals: [16],
        loss: (context) => {
          const { total, terms } = generator.loss(context);
          return { total: context.isDue(16) ? total : tf.log(tf.sub(tf.mul(0, total), 1)), terms };
        },
      }),
      fails: ['has losses and terms that are finite scalars'],
    },
    {
      what: 'a value that is read after the update',
      change: phases({
        after: ({ variables }, { fool }) => variables.balance.assign(tf.scalar(fool.dataSync()[0])),
      }),
      fails: [
        'uses every role and reads every input',
        'changes exactly the networks that each phase lists',
        'leaves no tensors behind',
      ],
    },
    {
      what: 'a listed network that does not change',
      change: phases({ updates: ['generator', 'encoder', 'discriminator'], loss: withoutEncoder }),
      fails: ['uses every role and reads every input', 'changes exactly the networks that each phase lists'],
    },
    {
      what: 'another network clipped',
      change: phases({
        after: (context) => {
          for (const weight of context.weights('discriminator'))
            weight.assign(tf.clipByValue(weight, -0.1, 0.1));
        },
      }),
      fails: ['changes exactly the networks that each phase lists'],
    },
    {
      what: 'a variable that becomes NaN',
      change: phases({
        after: ({ variables }) => variables.balance.assign(tf.log(tf.sub(variables.balance, 1))),
      }),
      fails: ['changes exactly the networks that each phase lists'],
    },
    {
      what: 'a tensor kept',
      change: phases({ after: () => void kept.push(tf.keep(tf.scalar(1))) }),
      fails: ['leaves no tensors behind'],
    },
  ];

  it.each(broken)('finds $what', async ({ change, fails }) => {
    const failed = await failedChecks(methodChecks({ method: { ...right, ...change } }));
    tf.dispose(kept);
    expect(failed).toEqual(fails);
  });
});

/** The same total, once for each of two samples. */
function perSample({ total, terms }: ReturnType<Phase['loss']>): ReturnType<Phase['loss']> {
  return scalars(total, { ...terms, real: tf.stack([total, total]) });
}

/** The generator's loss without the encoder; what it lists beside the generator gets a gradient of zero. */
function withoutEncoder(context: Parameters<Phase['loss']>[0]): ReturnType<Phase['loss']> {
  const { terms } = generator.loss({
    ...context,
    encode: (samples) => tf.mul<tf.Tensor2D>(0, samples),
  });
  const idle = context.weights('encoder').map((weight) => tf.mul(0, tf.sum(weight)));
  return { total: tf.addN([terms.fool, ...idle]) as tf.Scalar, terms };
}
