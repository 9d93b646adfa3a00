import { mlp } from '@dist-gan/architectures';
import { inspectTensorFlow, type TargetName } from '@dist-gan/compiler';
import { RandomStream } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { aeOtGan } from '@dist-gan/methods';
import { expect, it } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import type { RecipeOptions } from './recipe-options.js';
import { runRecipe } from './run-recipe.js';

it('AE-OT-GAN trains tiny on the 25 Gaussians, eager and compiled alike', async () => {
  const run = (executor: RecipeOptions['executor'], target: TargetName = 'onnx') =>
    runRecipe({
      recipe: aeOtGan({ steps: 6, refineSteps: 2, codes: 30, draws: 40, ganSteps: 3 }),
      architecture: mlp({ hiddenUnits: [6, 5], activation: 'tanh' }),
      dataset: gaussianGrid(),
      latentDimension: 2,
      batchSize: 8,
      seed: 1,
      executor,
      ...(executor === 'compiled' && { compiler: { target } }),
    });
  const eager = await run('eager');
  const compiled = [await run('compiled')];
  if (succeeds(inspectTensorFlow)) compiled.push(await run('compiled', 'tensorflow'));
  expect(eager.stages.map(({ name }) => name)).toEqual([
    'autoencoder',
    'refine',
    'embed',
    'transport',
    'draw',
    'adversarial',
  ]);
  expect(eager.tensors.transported.shape).toEqual([40, 2]);
  for (const [name, { data }] of Object.entries(eager.tensors)) {
    if (!name.startsWith('weights/')) continue;
    for (const { tensors } of compiled) {
      data.forEach((value, k) => expect(tensors[name].data[k]).toBeCloseTo(value, 4));
    }
  }
  const { data, count } = await eager.sample(5, RandomStream.fromSeed(2));
  expect(count).toBe(5);
  expect(data.every(Number.isFinite)).toBe(true);
});
