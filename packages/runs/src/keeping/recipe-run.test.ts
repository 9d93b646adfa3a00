import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlp } from '@dist-gan/architectures';
import type { Metric, Recipe } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { gan } from '@dist-gan/methods';
import { runRecipe } from '@dist-gan/trainer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRun } from '../folder/read-run.js';
import { openRecipeRun } from './recipe-run.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-recipe-run-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const recipe: Recipe = {
  id: 'tiny',
  title: 'One training',
  source: { title: 'Made for this test', year: 2026 },
  options: {},
  stages: [{ name: 'only', method: gan(), steps: 2 }],
  latents: async (_, count) => new Float32Array(2 * count),
};

/** Says of how many samples it is. */
const seen = (): Metric => {
  let count = 0;
  return {
    id: 'seen',
    protocol: {},
    update: (samples) => void (count += samples.count),
    results: () => [{ id: 'seen', value: count, protocol: {}, samples: { generated: count }, warnings: [] }],
  };
};

/** Runs the recipe until `before` has thrown. */
const failing = (before: () => void) =>
  runRecipe({
    recipe,
    architecture: mlp({ hiddenUnits: [4] }),
    dataset: gaussianGrid({ pointsPerMode: 4 }),
    latentDimension: 2,
    batchSize: 8,
    seed: 5,
    executor: 'eager',
    run: openRecipeRun(join(folder, 'run'), { recipe, engine: { executor: 'eager' } }),
    callbacks: {
      onStep() {
        before();
        throw new Error('the data are gone');
      },
    },
  });

describe('a run of a recipe that fails', () => {
  it('has its reason in its log', async () => {
    await expect(failing(() => undefined)).rejects.toThrow('the data are gone');
    const { state, events } = readRun(join(folder, 'run'));
    expect(state).toBe('failed');
    expect(events.at(-1)).toMatchObject({ event: 'failure', step: 1, message: 'the data are gone' });
  });

  it('tells its reason where the log cannot be written any more', async () => {
    const log = join(folder, 'run', 'metrics.jsonl');
    const away = () => {
      rmSync(log);
      mkdirSync(log);
    };
    await expect(failing(away)).rejects.toThrow('the data are gone');
  });
});

describe('a run of a recipe that is done', () => {
  const measured = async (samples: number) => {
    const { tensors } = await runRecipe({
      recipe,
      architecture: mlp({ hiddenUnits: [4] }),
      dataset: gaussianGrid({ pointsPerMode: 4 }),
      latentDimension: 2,
      batchSize: 8,
      seed: 5,
      executor: 'eager',
      evaluation: { samples, metrics: () => [seen()] },
      run: openRecipeRun(join(folder, 'run'), { recipe, engine: { executor: 'eager' } }),
    });
    expect(tensors).toBeDefined();
    const { events, result } = readRun(join(folder, 'run'));
    const logged = events.flatMap((event) => (event.event === 'evaluation' ? event.metrics : []));
    return { logged: logged.map(({ value }) => value), last: result?.metrics.map(({ value }) => value) };
  };

  it('logs what is measured of it again where that is another number, as its result has it', async () => {
    expect(await measured(10)).toEqual({ logged: [10], last: [10] });
    expect(await measured(10)).toEqual({ logged: [10], last: [10] });
    expect(await measured(20)).toEqual({ logged: [10, 20], last: [20] });
  });
});
