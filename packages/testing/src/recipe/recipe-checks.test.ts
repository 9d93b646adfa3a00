import type { ComputingStage, Method, Recipe, StageContext, TrainingStage } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { failedChecks } from '../check.js';
import { describeRecipe, recipeChecks } from './recipe-checks.js';

const source = { title: 'Made for this test', year: 2026 };
const optimizer = { id: 'sgd', learningRate: 1e-3 } as const;
const mean = (tensor: tf.Tensor) => tf.mean<tf.Scalar>(tensor);

/** An auto-encoder without anything. */
const autoencoder: Method = {
  id: 'autoencoder',
  title: 'Auto-encoder',
  source,
  options: {},
  roles: [
    { id: 'encoder', kind: 'encoder' },
    { id: 'generator', kind: 'generator' },
  ],
  phases: [
    {
      name: 'reconstruction',
      updates: ['encoder', 'generator'],
      repeats: 1,
      optimizer,
      inputs: [{ name: 'real', kind: 'real', draw: 'step' }],
      loss(context) {
        const { real } = context.inputs;
        const { samples } = context.generate(context.encode(real));
        const squares = mean(tf.squaredDifference(samples, real));
        return { total: squares, terms: { squares } };
      },
    },
  ],
};

/** Fits the generator to pairs of a code and its sample. */
const paired: Method = {
  ...autoencoder,
  id: 'paired',
  title: 'Paired',
  roles: [{ id: 'generator', kind: 'generator' }],
  phases: [
    {
      name: 'pairs',
      updates: ['generator'],
      repeats: 1,
      optimizer,
      inputs: [
        { name: 'real', kind: 'stage', tensor: 'members', of: 'samples', draw: 'step' },
        { name: 'codes', kind: 'stage', tensor: 'codes', of: 'latents', draw: 'step' },
      ],
      loss(context) {
        const { real, codes } = context.inputs;
        const { samples } = context.generate(codes as tf.Tensor2D);
        const squares = mean(tf.squaredDifference(samples, real));
        return { total: squares, terms: { squares } };
      },
    },
  ],
};

/** Codes of six samples that it draws, three at a time. */
const embed: ComputingStage = {
  name: 'embed',
  options: { samples: 6 },
  async compute({ samples, apply, random, report, save, partial, signal, dataSize }) {
    const members = random.permutation(dataSize).slice(0, 6);
    const first = partial?.codes.data ?? (await apply('encoder', await samples(members.slice(0, 3))));
    await save({ codes: { shape: [3, 2], data: first } });
    report({ encoded: 3 });
    signal?.throwIfAborted();
    const second = await apply('encoder', await samples(members.slice(3)));
    return {
      codes: { shape: [6, 2], data: Float32Array.of(...first, ...second) },
      members: { shape: [6], data: Float64Array.from(members) },
    };
  },
};

const train: TrainingStage = { name: 'autoencoder', method: autoencoder, steps: 3 };
const fitPairs: TrainingStage = { name: 'pairs', method: paired, steps: 2 };
const right: Recipe = {
  id: 'right-recipe',
  title: 'Right recipe',
  source,
  options: { samples: 6 },
  stages: [train, embed, fitPairs],
  latents: async ({ codes }, count, random) =>
    random.normal(2 * count).map((value, at) => codes.data[at % codes.data.length] + value),
};

describeRecipe('a right recipe', { recipe: right });

describe('recipeChecks', () => {
  const embedWith = (
    change: (context: StageContext) => ReturnType<ComputingStage['compute']>,
  ): Partial<Recipe> => ({
    stages: [train, { ...embed, compute: change }, fitPairs],
  });
  const whole = 'leaves tensors that are whole, finite and new';
  const inputs = 'trains on what earlier stages left';
  const pure = 'computes the same of the same, and changes nothing of it';
  const resumes = 'goes on from what it saved to the same result';
  const latents = 'makes latents of the stream alone';
  let calls = 0;
  const keptTensors: tf.Tensor[] = [];

  const broken: [what: string, Partial<Recipe>, fails: string[]][] = [
    ['no title', { title: '' }, ['describes itself']],
    [
      'a stage of half a step',
      { stages: [{ ...train, steps: 0.5 }, embed, fitPairs] },
      ['has stages that fit together'],
    ],
    [
      'two stages of one name',
      { stages: [train, embed, { ...fitPairs, name: 'autoencoder' }] },
      ['has stages that fit together'],
    ],
    [
      'a name that is no file',
      { stages: [train, { ...embed, name: '../embed' }, fitPairs] },
      ['has stages that fit together'],
    ],
    [
      'a method without terms',
      {
        stages: [
          train,
          embed,
          {
            ...fitPairs,
            method: {
              ...paired,
              phases: paired.phases.map((phase) => ({
                ...phase,
                loss: (context) => ({ ...phase.loss(context), terms: {} }),
              })),
            },
          },
        ],
      },
      ['pairs: has losses and terms that are finite scalars'],
    ],
    [
      'a shape that is not that of the numbers',
      embedWith(async (context) => ({
        ...(await embed.compute(context)),
        more: { shape: [3], data: Float32Array.of(1) },
      })),
      [whole],
    ],
    [
      'a tensor with NaN',
      embedWith(async (context) => ({
        ...(await embed.compute(context)),
        more: { shape: [1], data: Float32Array.of(NaN) },
      })),
      [whole],
    ],
    [
      'a tensor under the name of an earlier one',
      { stages: [train, embed, { ...embed, name: 'again' }, fitPairs] },
      [whole],
    ],
    [
      'a check that refuses what the stage can do',
      {
        stages: [
          train,
          { ...embed, check: ({ dataSize }) => expect(dataSize).toBeGreaterThan(40) },
          fitPairs,
        ],
      },
      [whole],
    ],
    ['a tensor that nobody left', { stages: [train, fitPairs, embed] }, [inputs]],
    [
      'numbers of samples that are none',
      embedWith(async (context) => {
        const { codes, members } = await embed.compute(context);
        return { codes, members: { ...members, data: members.data.map((value) => value + 0.5) } };
      }),
      [inputs],
    ],
    [
      'a computation that counts its calls',
      embedWith(async (context) => ({
        ...(await embed.compute(context)),
        calls: { shape: [1], data: Float64Array.of(++calls) },
      })),
      [pure, resumes],
    ],
    [
      'a computation that changes what it is given',
      embedWith(async (context) => {
        context.tensors['weights/encoder/0'].data[0] += 1;
        return embed.compute(context);
      }),
      [pure],
    ],
    [
      'a tensor kept',
      embedWith((context) => {
        keptTensors.push(tf.keep(tf.scalar(1)));
        return embed.compute(context);
      }),
      [pure],
    ],
    [
      'another result after an interruption',
      embedWith(async ({ partial, ...context }) => {
        const made = await embed.compute(context);
        return partial === undefined ? made : { ...made, late: { shape: [1], data: Float32Array.of(1) } };
      }),
      [resumes],
    ],
    [
      'an error of its own once it is aborted',
      embedWith(async (context) => {
        const made = await embed.compute({ ...context, signal: undefined });
        if (context.signal?.aborted) throw new Error('stopped');
        return made;
      }),
      [resumes],
    ],
    ['too few latents', { latents: async (_, count, random) => random.normal(count) }, [latents]],
    [
      'the same latents of any stream',
      { latents: async (_, count) => new Float32Array(2 * count) },
      [latents],
    ],
  ];

  it.each(broken)('finds %s', async (_, change, fails) => {
    const before = tf.memory().numTensors;
    expect(await failedChecks(recipeChecks({ recipe: { ...right, ...change } }))).toEqual(fails);
    tf.dispose(keptTensors.splice(0));
    expect(tf.memory().numTensors).toBe(before);
  });
});
