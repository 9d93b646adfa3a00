import { RandomStream, type ComputingStage, type Recipe, type StageTensors } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { countingDataset, linearArchitecture, methodOf, regressionPhase, sgd } from '../../test/tiny.js';
import { runRecipe, type RecipeOptions } from './run-recipe.js';
import type { StageStore, StoredStage } from './stage-store.js';

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

  it('gives the same compiled as eager', async () => {
    const [eager, compiled] = [
      await runRecipe(options),
      await runRecipe({ ...options, executor: 'compiled' }),
    ];
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

  it('ends in a training when the signal says so, and keeps the stages before', async () => {
    const controller = new AbortController();
    const store = memoryStore();
    const result = await runRecipe({
      ...options,
      recipe: recipeOf([training('first'), training('second', 1000)]),
      store,
      signal: controller.signal,
      callbacks: {
        onStep: (stage, { step }) => void (stage === 'second' && step === 2 && controller.abort()),
      },
    });
    expect(result.outcome).toBe('aborted');
    expect([...store.kept.keys()]).toEqual(['first']);
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
