import {
  RandomStream,
  type ComputingStage,
  type Recipe,
  type StageTensors,
  type TrainingStage,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { describeChecks, type Check } from '../check.js';
import { expectDescribedItem, expectJson } from '../item.js';
import { methodChecks } from '../method/index.js';
import { latentDimension } from '../method/tiny-networks.js';
import { dataSize, RecipeRehearsal } from './recipe-rehearsal.js';

/**
 * How a recipe is tested: with tiny networks on 40 points of the plane and latents of two numbers. Give it options that make
 * its computations small.
 */
export interface RecipeSubject {
  readonly recipe: Recipe;
}

/** Tests a recipe; see {@link recipeChecks} for what is tested. */
export function describeRecipe(title: string, subject: RecipeSubject): void {
  describeChecks(title, recipeChecks(subject));
}

/** Everything that must be true of a recipe, as functions that throw when it is not. */
export function recipeChecks({ recipe }: RecipeSubject): Check[] {
  const check = (name: string, body: (rehearsal: RecipeRehearsal) => Promise<void>): Check => ({
    name,
    run: async () => {
      const rehearsal = new RecipeRehearsal(recipe);
      try {
        await body(rehearsal);
      } finally {
        rehearsal.dispose();
      }
    },
  });
  return [
    { name: 'describes itself', run: () => expectDescribedItem(recipe) },
    { name: 'has stages that fit together', run: () => checkStages(recipe) },
    ...recipe.stages.flatMap((stage) => ('method' in stage ? checksOfTraining(stage) : [])),
    check('leaves tensors that are whole, finite and new', checkTensors),
    check('trains on what earlier stages left', checkInputs),
    check('computes the same of the same, and changes nothing of it', checkPurity),
    check('goes on from what it saved to the same result', checkResuming),
    check('makes latents of the stream alone', (rehearsal) => checkLatents(recipe, rehearsal)),
  ];
}

function checkStages({ stages }: Recipe): void {
  const names = stages.map(({ name }) => name);
  expect(names.length, 'number of stages').toBeGreaterThan(0);
  expect(names, 'stages, each once').toEqual([...new Set(names)]);
  for (const stage of stages) {
    // Runs keep each stage in a file of its name.
    expect(stage.name, 'name of a stage').toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    if ('method' in stage) {
      expect(
        Number.isSafeInteger(stage.steps) && stage.steps > 0,
        `steps of ${stage.name} are 1 or more`,
      ).toBe(true);
    } else expectJson(stage.options, `options of ${stage.name}`);
  }
}

const checksOfTraining = ({ name: stage, method }: TrainingStage): Check[] =>
  methodChecks({ method }).map(({ name, run }) => ({ name: `${stage}: ${name}`, run }));

async function checkTensors(rehearsal: RecipeRehearsal): Promise<void> {
  await rehearsal.run(async (stage, before) => {
    if ('method' in stage) return;
    expect(() => stage.check?.({ dataSize, latentDimension }), `check of ${stage.name}`).not.toThrow();
    const made = await rehearsal.compute(stage, before);
    for (const [name, { shape, data }] of Object.entries(made)) {
      const what = `tensor ${name} of ${stage.name}`;
      expect(Object.keys(before), `tensors before ${stage.name}`).not.toContain(name);
      expect(data.length, `numbers of ${what}`).toBe(shape.reduce((product, size) => product * size, 1));
      expect(data, what).toSatisfy(
        (all: ArrayLike<number>) => Array.from(all).every(Number.isFinite),
        'is finite',
      );
    }
    return made;
  });
}

async function checkInputs(rehearsal: RecipeRehearsal): Promise<void> {
  await rehearsal.run(async (stage, before) => {
    if (!('method' in stage)) return;
    for (const input of stage.method.phases.flatMap(({ inputs }) => inputs)) {
      if (input.kind !== 'stage') continue;
      const what = `tensor ${input.tensor}, which ${stage.name} reads`;
      expect(Object.keys(before), `tensors before ${stage.name}`).toContain(input.tensor);
      const { shape, data } = before[input.tensor];
      if (input.of === 'latents')
        expect(shape.slice(1), `shape of a row of ${what}`).toEqual([latentDimension]);
      else {
        expect(shape.length, `rank of ${what}`).toBe(1);
        const isSample = (value: number) => Number.isSafeInteger(value) && value >= 0 && value < dataSize;
        expect(data, what).toSatisfy(
          (all: ArrayLike<number>) => Array.from(all).every(isSample),
          'numbers samples',
        );
      }
    }
  });
}

async function checkPurity(rehearsal: RecipeRehearsal): Promise<void> {
  await rehearsal.run(async (stage, before) => {
    if ('method' in stage) return;
    const kept = structuredClone(before);
    const held = tf.memory().numTensors;
    const made = await rehearsal.compute(stage, before);
    expect(tf.memory().numTensors - held, `tensors of TensorFlow.js that ${stage.name} does not free`).toBe(
      0,
    );
    expect(before, `what stages before ${stage.name} left`).toEqual(kept);
    expect(await rehearsal.compute(stage, before), `${stage.name}, computed twice`).toEqual(made);
    return made;
  });
}

/** Interrupts a stage where it first tells how far it is. */
async function checkResuming(rehearsal: RecipeRehearsal): Promise<void> {
  await rehearsal.run(async (stage, before) => {
    if ('method' in stage) return;
    const whole = await rehearsal.compute(stage, before);
    const { partial, made } = await interrupted(rehearsal, stage, before);
    const resumed = made ?? (await rehearsal.compute(stage, before, partial && { partial }));
    expect(resumed, `${stage.name} after an interruption`).toEqual(whole);
    return whole;
  });
}

async function interrupted(
  rehearsal: RecipeRehearsal,
  stage: ComputingStage,
  before: StageTensors,
): Promise<{ partial?: StageTensors; made?: StageTensors }> {
  const controller = new AbortController();
  const reason = new Error('interrupted by the suite');
  let partial: StageTensors | undefined;
  try {
    const made = await rehearsal.compute(stage, before, {
      signal: controller.signal,
      report: () => controller.abort(reason),
      save: async (saved) => void (partial = structuredClone(saved)),
    });
    return { made };
  } catch (error) {
    expect(error, `what ${stage.name} throws once the signal is aborted`).toBe(reason);
    return partial === undefined ? {} : { partial };
  }
}

async function checkLatents({ latents }: Recipe, rehearsal: RecipeRehearsal): Promise<void> {
  const tensors = await rehearsal.run();
  const draw = async (seed: number) => latents(tensors, 7, RandomStream.fromSeed(seed));
  const drawn = await draw(1);
  expect(drawn.length, 'numbers of 7 latents').toBe(7 * latentDimension);
  expect(drawn, 'latents').toSatisfy((all: Float32Array) => all.every(Number.isFinite), 'are finite');
  expect(await draw(1), 'latents of the same stream').toEqual(drawn);
  expect(await draw(2), 'latents of another stream').not.toEqual(drawn);
}
