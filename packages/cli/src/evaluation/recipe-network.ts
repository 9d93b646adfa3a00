import {
  CheckpointError,
  RandomStream,
  type NetworkKind,
  type Recipe,
  type SampleBatch,
  type StageTensors,
} from '@dist-gan/core';
import { resumeCommand, stageFolder, type RecipeSettings, type RunPath } from '@dist-gan/runs';
import { restoreStageNetwork, runNetworks, type SamplingOptions } from '@dist-gan/trainer';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { join } from 'node:path';
import { architectureOf, recipeOf } from '../registry.js';
import type { LoadedNetwork } from './loaded-network.js';

/** Whether a run trained the stages of a recipe. */
export function isRecipe(opened: RunPath): opened is RunPath<RecipeSettings> {
  return 'recipe' in opened.settings;
}

/** What all stages of a recipe's run left. @throws CheckpointError when one is missing, not done, or damaged */
async function readStages({ run, settings }: RunPath<RecipeSettings>): Promise<StageTensors> {
  const store = stageFolder(join(run, 'stages'));
  let tensors: StageTensors = {};
  for (const { name } of recipeOf(settings.recipe).stages) {
    const stage = await store.read(name);
    if (stage?.complete !== true) {
      throw new CheckpointError(
        `${run}: stage ${name} of ${settings.recipe.id} is not done yet; go on with ${resumeCommand(run)}`,
        run,
      );
    }
    tensors = { ...tensors, ...stage.tensors };
  }
  return tensors;
}

/** A network as the stages of a run left it. The caller disposes it. @throws UnknownItemError when none trained it */
export async function loadStageNetwork(
  opened: RunPath<RecipeSettings>,
  role: string,
): Promise<LoadedNetwork> {
  const { record, settings } = opened;
  const network = restoreStageNetwork(await readStages(opened), {
    architecture: architectureOf(settings.architecture),
    shape: { sampleShape: record.samples.shape, latentDimension: settings.latentDimension },
    role,
  });
  // In a recipe a role is called like the kind of its network.
  return { network, kind: role as NetworkKind, packing: 1, step: record.steps ?? 0, averaged: false };
}

/** Samples of a recipe's run: its own latents through its generator, and the latents beside them. */
export async function sampleRecipe(
  opened: RunPath<RecipeSettings>,
  generator: LayersModel,
  {
    count,
    seed = opened.record.seed,
    ...options
  }: SamplingOptions & { count: number; seed?: number | undefined },
): Promise<SampleBatch & { readonly latents: SampleBatch }> {
  const { recipe, latentDimension, batchSize } = opened.settings;
  const made: Recipe = recipeOf(recipe);
  const data = await made.latents(
    await readStages(opened),
    count,
    RandomStream.fromSeed(seed).derive('evaluation'),
  );
  const samples = await runNetworks([generator], data, { what: 'latents', batchSize, ...options });
  return { ...samples, latents: { data, count, sampleShape: [latentDimension] } };
}
