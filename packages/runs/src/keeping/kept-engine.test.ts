import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlp } from '@dist-gan/architectures';
import { gaussianGrid } from '@dist-gan/datasets';
import { gan } from '@dist-gan/methods';
import type { Recipe } from '@dist-gan/core';
import { fit, runRecipe, type FitOptions, type RecipeOptions } from '@dist-gan/trainer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRun } from '../folder/read-run.js';
import { openRecipeRun, type RecipeRunOptions } from './recipe-run.js';
import { openRun, type RunOptions } from './run.js';

let base = '';
let folder = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-kept-engine-'));
  folder = join(base, 'run');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true });
});

async function train(changes: Partial<FitOptions>, run: RunOptions = {}) {
  const trained = await fit({
    method: gan(),
    architecture: mlp({ hiddenUnits: [4] }),
    dataset: gaussianGrid({ pointsPerMode: 4 }),
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 8,
    steps: 2,
    seed: 5,
    run: openRun(folder, run),
    ...changes,
  });
  await trained.dispose();
  return trained.engine;
}

/** What the record says of the way of a run. */
const engineChanged = {
  key: 'engine',
  before: 'eager cpu',
  now: expect.stringMatching(/^compiled onnx cpu ONNX Runtime/) as string,
};

const engineOfCheckpoint = () => readRun(folder).record.engine;

describe('the engine of a run that is kept', () => {
  it('goes on with it, whatever the default is by now', async () => {
    const first = await train({});
    expect(first?.target).toBe('onnx');
    // Would fail where TensorFlow is missing, and take it where it is there.
    vi.stubEnv('DIST_GAN_TARGET', 'tensorflow');
    expect(await train({ steps: 4 })).toEqual(first);
    expect(engineOfCheckpoint()).toBe(first?.engine);
  });

  it('is not replaced by another that the options name', async () => {
    await train({ executor: 'eager' });
    await expect(train({ steps: 4, compiler: { target: 'onnx' } })).rejects.toThrow(
      /the steps before 2 ran on eager cpu, these would run on compiled onnx cpu ONNX Runtime [\d.]+, which rounds otherwise/,
    );
    expect(readRun(folder).record.executor).toBe('eager');
    await train({ steps: 4, executor: 'eager' });
  });

  it('may be another where that is said, and tells of it', async () => {
    await train({ executor: 'eager' });
    const notices: string[] = [];
    const reporter = { id: 'test', notice: (text: string) => void notices.push(text) };
    await train({ steps: 4 }, { changed: ['engine'], reporters: [reporter] });
    expect(notices).toEqual([
      expect.stringMatching(/ran on eager cpu, these run on compiled onnx.* not, to the bit/),
    ]);
    const { record, result } = readRun(folder);
    expect(result?.steps).toBe(4);
    expect(record.resumed?.at(-1)?.changed).toContainEqual(engineChanged);
  });
});

const recipe: Recipe = {
  id: 'tiny',
  title: 'Two trainings',
  source: { title: 'Made for this test', year: 2026 },
  options: {},
  stages: [
    { name: 'first', method: gan(), steps: 2 },
    { name: 'second', method: gan(), steps: 2 },
  ],
  latents: async (_, count) => new Float32Array(2 * count),
};

async function cook(
  executor: 'eager' | 'compiled',
  keeping: Partial<RecipeRunOptions> = {},
  changes: Partial<RecipeOptions> = {},
) {
  return runRecipe({
    recipe,
    architecture: mlp({ hiddenUnits: [4] }),
    dataset: gaussianGrid({ pointsPerMode: 4 }),
    latentDimension: 2,
    batchSize: 8,
    seed: 5,
    executor,
    run: openRecipeRun(folder, { recipe, engine: { executor }, ...keeping }),
    ...changes,
  });
}

/** The same, ended in its second stage. */
async function cookHalf(executor: 'eager' | 'compiled') {
  const ending = new AbortController();
  const onBegin = (stage: string) => (stage === 'second' ? ending.abort() : undefined);
  const { outcome } = await cook(executor, {}, { signal: ending.signal, callbacks: { onBegin } });
  expect(outcome).toBe('aborted');
}

describe('the engine of a recipe that is kept', () => {
  it('goes on in the same version alone, however often it is asked', async () => {
    await cookHalf('compiled');
    const file = join(folder, 'run.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/"ONNX Runtime [\d.]+"/, '"ONNX Runtime 1.0.0"'));
    const refused =
      /the steps before 2 ran on compiled onnx cpu ONNX Runtime 1\.0\.0, these would run on compiled onnx cpu ONNX Runtime [\d.]+, which rounds otherwise; bring back what ran them, or let another go on \(--target, or "engine" among changed of openRecipeRun\)/;
    await expect(cook('compiled')).rejects.toThrow(refused);
    await expect(cook('compiled')).rejects.toThrow(refused);
    await expect(cook('eager')).rejects.toThrow(/Runtime 1\.0\.0, these would run on eager cpu/);
    writeFileSync(file, before);
    expect((await cook('compiled')).outcome).toBe('completed');
  });

  it('may be another where that is said, and tells of it', async () => {
    await cookHalf('eager');
    await expect(cook('compiled')).rejects.toThrow(/ran on eager cpu, these would run on compiled onnx/);
    expect(engineOfRecord()).toEqual(['eager', undefined]);
    const notices: string[] = [];
    const reporter = { id: 'test', notice: (text: string) => void notices.push(text) };
    await cook('compiled', { changed: ['engine'], reporters: [reporter] });
    expect(notices.at(-1)).toMatch(/ran on eager cpu, these run on compiled onnx.* not, to the bit/);
    expect(engineOfRecord()).toEqual(['compiled', 'onnx']);
    expect(readRun(folder).record.resumed?.at(-1)?.changed).toEqual([engineChanged]);
  });

  it('may be any where nothing is kept yet', async () => {
    const ended = AbortSignal.abort();
    await cook('eager', {}, { signal: ended });
    expect((await cook('compiled')).outcome).toBe('completed');
  });
});

function engineOfRecord() {
  const { executor, target } = readRun(folder).record;
  return [executor, target];
}
