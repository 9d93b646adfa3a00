import {
  RandomStream,
  type ComputingStage,
  type Phase,
  type Recipe,
  type StageTensors,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { countingDataset, linearArchitecture, methodOf, regressionPhase, sgd } from '../../test/tiny.js';
import type { EngineDescription } from '../executor/index.js';
import type { RecipeKeeper } from '../keeping/run-keeper.js';
import type { RecipeOptions } from './recipe-options.js';
import { runRecipe } from './run-recipe.js';
import type { StageStore, StoredStage } from './stage-store.js';

const adam = { id: 'adam', learningRate: 0.05, beta1: 0.5, beta2: 0.9 } as const;

const training = (name: string, steps = 3) => ({
  name,
  method: methodOf([regressionPhase({ optimizer: sgd(0.05) })]),
  steps,
});

/** The mean of what the generator makes of the first sample. */
const looking: ComputingStage = {
  name: 'look',
  options: { at: 'one' },
  async compute({ apply, samples, tensors }) {
    expect(Object.keys(tensors)).toEqual(['weights/generator/0']);
    const made = await apply('generator', await samples([1]));
    return { seen: { shape: [2], data: made } };
  },
};

const recipeOf = (stages: Recipe['stages']): Recipe => ({
  id: 'tiny',
  title: 'A tiny recipe',
  source: { title: 'Made for tests', year: 2026 },
  options: {},
  stages,
  latents: async (tensors, count) => new Float32Array(2 * count).fill(tensors.seen?.data[0] ?? 1),
});

const options: RecipeOptions = {
  recipe: recipeOf([training('first'), looking]),
  architecture: linearArchitecture(),
  dataset: countingDataset({ dimension: 2 }),
  latentDimension: 2,
  batchSize: 4,
  seed: 1,
  executor: 'eager',
};

function memoryStore(): StageStore & { readonly kept: Map<string, StoredStage> } {
  const kept = new Map<string, StoredStage>();
  return {
    kept,
    read: async (stage) => kept.get(stage),
    write: async (stage, stored) => void kept.set(stage, structuredClone(stored)),
  };
}

const product = ([a, b]: ArrayLike<number> & Iterable<number>, weights: ArrayLike<number>) => [
  a * weights[0] + b * weights[2],
  a * weights[1] + b * weights[3],
];

describe('runRecipe', () => {
  it('hands what stages leave to the next, and samples with the latents of the recipe', async () => {
    const { tensors, stages, outcome, sample } = await runRecipe(options);
    expect(outcome).toBe('completed');
    expect(stages.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['first', 'completed'],
      ['look', 'completed'],
    ]);
    const weights = tensors['weights/generator/0'].data;
    // Sample 1 of the counting data set.
    product([2 / 24, 3 / 24], weights).forEach((value, k) =>
      expect(tensors.seen.data[k]).toBeCloseTo(value, 6),
    );
    const { data, count } = await sample(3, RandomStream.fromSeed(1));
    expect(count).toBe(3);
    const latent = tensors.seen.data[0];
    product([latent, latent], weights).forEach((value, k) => expect(data[k + 2]).toBeCloseTo(value, 5));
  });

  it('begins a second training where the first ended', async () => {
    const twice = await runRecipe({
      ...options,
      recipe: recipeOf([training('first'), training('second', 1)]),
    });
    const frozen = { ...training('second'), method: methodOf([regressionPhase({ optimizer: sgd(0) })]) };
    const once = await runRecipe({ ...options, recipe: recipeOf([training('first')]) });
    const kept = await runRecipe({ ...options, recipe: recipeOf([training('first'), frozen]) });
    expect(kept.tensors).toEqual(once.tensors);
    expect(twice.tensors).not.toEqual(once.tensors);
  });

  it('runs all networks where the first was compiled, which is said once', async () => {
    const told: string[] = [];
    const compiler = {
      target: 'onnx',
      device: 'auto',
      onWarning: (message: string) => told.push(message),
    } as const;
    await runRecipe({ ...options, executor: 'compiled', compiler });
    expect(told).toEqual([expect.stringContaining('target "onnx", device "cpu"')]);
  });

  it('gives the same compiled as eager', async () => {
    const engines: EngineDescription[] = [];
    const callbacks = { onEngine: (engine: EngineDescription) => void engines.push(engine) };
    const eager = await runRecipe({ ...options, callbacks });
    expect(engines).toEqual([]);
    const compiled = await runRecipe({ ...options, callbacks, executor: 'compiled' });
    const engine = expect.stringMatching(/^ONNX Runtime \d/) as string;
    expect(engines).toEqual(engines.map(() => ({ target: 'onnx', device: 'cpu', engine })));
    expect(engines).not.toEqual([]);
    for (const [name, { data }] of Object.entries(eager.tensors)) {
      data.forEach((value, k) => expect(compiled.tensors[name].data[k]).toBeCloseTo(value, 5));
    }
  });

  it('does not run again what the store has', async () => {
    const store = memoryStore();
    const first = await runRecipe({ ...options, store });
    const again = await runRecipe({ ...options, store });
    expect(again.stages.map(({ outcome }) => outcome)).toEqual(['found', 'found']);
    expect(again.tensors).toEqual(first.tensors);
    store.kept.delete('look');
    const half = await runRecipe({ ...options, store });
    expect(half.stages.map(({ outcome }) => outcome)).toEqual(['found', 'completed']);
    expect(half.tensors).toEqual(first.tensors);
  });

  it.each<[string, Partial<RecipeOptions>, string]>([
    [
      'option',
      { recipe: recipeOf([training('first', 4), looking]) },
      'recipe: stage first was made with steps 3, and is now asked for with 4',
    ],
    [
      'computation',
      { recipe: recipeOf([training('first'), { ...looking, options: { at: 'two' } }]) },
      'recipe: stage look was made with options.at "one", and is now asked for with "two"',
    ],
    ['seed', { seed: 2 }, 'recipe: stage first was made with seed 1, and is now asked for with 2'],
    [
      'stage before it',
      {
        recipe: recipeOf([
          { ...looking, name: 'glance', compute: async () => ({}) },
          training('first'),
          looking,
        ]),
      },
      'recipe: stage first was made with after.glance missing, and is now asked for with {"options":{"at":"one"}}',
    ],
    [
      'data set',
      { dataset: countingDataset({ dimension: 2, size: 13 }) },
      'recipe: stage first was made with dataset.size 12, and is now asked for with 13',
    ],
  ])('refuses to go on with another %s', async (_, changes, message) => {
    const store = memoryStore();
    await runRecipe({ ...options, store });
    await expect(runRecipe({ ...options, ...changes, store })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(message) as string,
    });
  });

  it('refuses a later stage before an earlier one is run', async () => {
    const store = memoryStore();
    await runRecipe({ ...options, store });
    store.kept.delete('first');
    const begun: string[] = [];
    const changed = recipeOf([training('first'), { ...looking, options: { at: 'two' } }]);
    const again = runRecipe({
      ...options,
      recipe: changed,
      store,
      callbacks: { onBegin: (stage) => void begun.push(stage) },
    });
    await expect(again).rejects.toThrow('stage look was made with options.at "one"');
    expect(begun).toEqual([]);
  });

  it('refuses a later stage that was made after an earlier one of other options', async () => {
    const store = memoryStore();
    await runRecipe({ ...options, store });
    store.kept.delete('first');
    const changed = recipeOf([training('first', 4), looking]);
    await expect(runRecipe({ ...options, recipe: changed, store })).rejects.toThrow(
      'stage look was made with after.first.steps 3, and is now asked for with 4',
    );
    expect([...store.kept.keys()]).toEqual(['look']);
  });

  it('goes on with a computation from what it saved', async () => {
    const controller = new AbortController();
    const began: (StageTensors | undefined)[] = [];
    const counting: ComputingStage = {
      name: 'count',
      options: {},
      async compute({ partial, save, signal }) {
        began.push(partial);
        const from = partial?.counted.data[0] ?? 0;
        for (let i = from; i < 10; i++) {
          if (i === 4) controller.abort();
          if (signal?.aborted && partial === undefined) {
            await save({ counted: { shape: [1], data: Float64Array.of(i) } });
            signal.throwIfAborted();
          }
        }
        return { counted: { shape: [1], data: Float64Array.of(10) } };
      },
    };
    const store = memoryStore();
    const recipe = recipeOf([counting]);
    const cut = await runRecipe({ ...options, recipe, store, signal: controller.signal });
    expect(cut).toMatchObject({ outcome: 'aborted', tensors: {}, stages: [{ outcome: 'aborted' }] });
    await expect(cut.sample(1, RandomStream.fromSeed(1))).rejects.toThrow('run it to its end');
    const whole = await runRecipe({ ...options, recipe, store });
    expect(whole.tensors.counted.data[0]).toBe(10);
    expect(began.map((partial) => partial?.counted.data[0])).toEqual([undefined, 4]);
  });

  it('goes on within a training that the signal ended, with the same bits', async () => {
    const recipe = recipeOf([
      training('first'),
      { ...training('second', 7), method: methodOf([regressionPhase({ optimizer: adam })]) },
    ]);
    const whole = await runRecipe({ ...options, recipe });
    const controller = new AbortController();
    const store = memoryStore();
    const steps: number[] = [];
    const callbacks: RecipeOptions['callbacks'] = {
      onStep: (stage, { step }) => {
        if (stage === 'second') steps.push(step);
        if (stage === 'second' && step === 2) controller.abort();
      },
    };
    const cut = await runRecipe({ ...options, recipe, store, signal: controller.signal, callbacks });
    expect(cut.outcome).toBe('aborted');
    expect([...store.kept].map(([stage, { complete }]) => [stage, complete])).toEqual([
      ['first', true],
      ['second', false],
    ]);
    const resumed = await runRecipe({ ...options, recipe, store, callbacks });
    expect(resumed.stages.map(({ outcome }) => outcome)).toEqual(['found', 'completed']);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(resumed.tensors).toEqual(whole.tensors);
  });

  describe('inputs of what earlier stages left', () => {
    /** Codes of six samples, last first: sample i has the code (i, -i). */
    const pairs: ComputingStage = {
      name: 'pairs',
      options: {},
      async compute() {
        const members = Float64Array.of(9, 7, 5, 3, 1, 0);
        const codes = Float32Array.from([...members].flatMap((i) => [i, -i]));
        return {
          members: { shape: [6], data: members },
          codes: { shape: [6, 2], data: codes },
        };
      },
    };
    const seen: number[][] = [];
    /** No update; the terms are the latents and the samples that the phase saw. */
    const looking = (changes: Partial<Phase> = {}) =>
      methodOf([
        regressionPhase({
          repeats: 2,
          optimizer: sgd(0),
          inputs: [
            { name: 'real', kind: 'stage', tensor: 'members', of: 'samples', draw: 'repeat' },
            { name: 'latents', kind: 'stage', tensor: 'codes', of: 'latents', draw: 'repeat' },
          ],
          loss(context) {
            const { inputs } = context;
            const { samples } = context.generate(inputs.latents as tf.Tensor2D);
            // Sample i of the counting data set is (2 i, 2 i + 1) / 24.
            const codes = tf.slice(inputs.latents, [0, 0], [-1, 1]);
            const numbers = tf.mul(tf.slice(inputs.real, [0, 0], [-1, 1]), 12);
            const rows = tf.unstack(tf.reshape(codes, [-1])) as tf.Scalar[];
            return {
              total: tf.mean(samples),
              terms: {
                apart: tf.max(tf.abs(tf.sub(codes, numbers))),
                ...Object.fromEntries(rows.map((row, i) => [`row${i}`, row])),
              },
            };
          },
          ...changes,
        }),
      ]);
    const recipe = (method = looking()) => recipeOf([pairs, { name: 'look', method, steps: 3 }]);

    it.each(['eager', 'compiled'] as const)(
      'are pairs, and walk through all rows, when run %s',
      async (executor) => {
        seen.length = 0;
        await runRecipe({
          ...options,
          executor,
          recipe: recipe(),
          batchSize: 3,
          callbacks: {
            onStep: (_, { losses }) => {
              expect(losses['generator/apart']).toBeLessThan(1e-5);
              seen.push([0, 1, 2].map((i) => losses[`generator/row${i}`]));
            },
          },
        });
        // The second half of each epoch of six rows, which are never those of another row.
        for (const rows of seen) {
          expect(new Set(rows).size).toBe(3);
          for (const row of rows) expect([0, 1, 3, 5, 7, 9]).toContain(row);
        }
        expect(new Set(seen.map(String)).size).toBeGreaterThan(1);
      },
    );

    it('are refused where no stage left them, and where they do not fit', async () => {
      const alone = recipeOf([{ name: 'look', method: looking(), steps: 3 }]);
      await expect(runRecipe({ ...options, recipe: alone })).rejects.toMatchObject({
        code: 'OPTION_INVALID',
        message: expect.stringContaining(
          'fit.stageTensors.members: phase generator of tiny reads it, and no earlier stage left it',
        ) as string,
      });
      await expect(
        runRecipe({ ...options, recipe: recipe(), dataset: countingDataset({ dimension: 2, size: 9 }) }),
      ).rejects.toThrow('numbers of samples from 0 to 8');
      await expect(runRecipe({ ...options, recipe: recipe(), latentDimension: 3 })).rejects.toThrow(
        'a tensor of shape [6, 2], and phase generator of tiny reads [at least 1, 3], latents of the run',
      );
    });
  });

  it.each<[string, Recipe['stages'], string]>([
    [
      'a method whose roles the architecture cannot build',
      [
        training('first'),
        {
          ...training('second'),
          method: {
            ...methodOf([regressionPhase()]),
            roles: [
              { id: 'generator', kind: 'generator' },
              { id: 'critic', kind: 'joint-discriminator' },
            ],
          },
        },
      ],
      'fit.architecture: the method tiny needs a network of kind joint-discriminator for its role critic, and linear builds',
    ],
    [
      'a computation that refuses the run',
      [
        training('first'),
        {
          ...looking,
          check({ dataSize, latentDimension }) {
            throw new RangeError(`not of ${dataSize} samples and ${latentDimension} latents`);
          },
        },
      ],
      'not of 12 samples and 2 latents',
    ],
  ])('refuses %s before an earlier stage is run, and leaves nothing', async (_, stages, message) => {
    const called: string[] = [];
    const run: RecipeKeeper = {
      store: memoryStore(),
      callbacks: {},
      begin: async () => void called.push('begin'),
      close: async () => void called.push('close'),
    };
    const callbacks: RecipeOptions['callbacks'] = {
      onBegin: (stage) => void called.push(stage),
      onFailure: () => void called.push('failure'),
    };
    const refused = runRecipe({ ...options, recipe: recipeOf(stages), run, callbacks });
    await expect(refused).rejects.toThrow(message);
    expect(called).toEqual([]);
  });

  it('refuses stages of one name, and a recipe without stages', async () => {
    const twice = recipeOf([training('first'), training('first')]);
    await expect(runRecipe({ ...options, recipe: twice })).rejects.toThrow(
      'two stages are called first; rename one',
    );
    await expect(runRecipe({ ...options, recipe: recipeOf([]) })).rejects.toThrow('there is no stage');
  });

  it('refuses weights that do not fit', async () => {
    const store = memoryStore();
    await runRecipe({ ...options, store });
    const stored = store.kept.get('first')!;
    store.kept.set('first', {
      ...stored,
      tensors: { 'weights/generator/0': { shape: [1], data: Float32Array.of(1) } },
    });
    store.kept.delete('look');
    await expect(runRecipe({ ...options, store })).rejects.toThrow(
      'weight 0 of the generator has shape [2,2], and an earlier stage left [1]',
    );
  });
});
