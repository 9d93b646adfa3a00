import {
  RandomStream,
  UnknownItemError,
  toJson,
  type JsonObject,
  type Preset,
  type RecipePreset,
} from '@dist-gan/core';
import { methods, recipes } from '@dist-gan/methods';
import {
  changesFor,
  expandSeeds,
  expandSettings,
  type PlanOptions,
  type Setting,
  type Setup,
  type SweepDefinition,
} from '@dist-gan/sweeps';
import { stepsOfRecipe } from '../commands/train.js';
import { recipeOptions } from '../commands/recipe-run.js';
import { runOptions } from '../commands/training-run.js';
import { activateBackend, hasConvolutions } from '../engine/index.js';
import {
  createItems,
  createRecipeItems,
  findPreset,
  findRecipePreset,
  presets,
  recipePresets,
  type ItemEnvironment,
} from '../registry.js';
import { changePreset, changeRecipePreset, readAssignments } from '../settings/index.js';

/** Finds out what a setting means, once for each that is different. */
export function setUps(environment: ItemEnvironment): PlanOptions['resolve'] {
  const known = new Map<string, Promise<Setup>>();
  return (setting, changes, steps) => {
    const preset = changedPreset(setting, changes, steps);
    const key = toJson(preset);
    let setup = known.get(key);
    if (setup === undefined) known.set(key, (setup = resolve(preset, environment)));
    return setup;
  };
}

/** Whether a run of a sweep trains networks with convolutions. A generator is built to look: an architecture does not say. */
export async function trainsConvolutions(
  definition: SweepDefinition,
  environment: ItemEnvironment,
): Promise<boolean> {
  await activateBackend('cpu');
  const [seed] = expandSeeds(definition);
  const known = new Set<string>();
  for (const setting of expandSettings(definition)) {
    const preset = changedPreset(setting, changesFor(setting, seed), undefined);
    const key = toJson([preset.architecture, preset.dataset]);
    if (known.has(key)) continue;
    known.add(key);
    if (await hasConvolvingGenerator(preset, environment)) return true;
  }
  return false;
}

async function hasConvolvingGenerator(
  preset: Preset | RecipePreset,
  environment: ItemEnvironment,
): Promise<boolean> {
  const isRecipe = 'recipe' in preset;
  const items = await (isRecipe ? createRecipeItems(preset, environment) : createItems(preset, environment));
  const { architecture, dataset } = items;
  const latentDimension = isRecipe ? preset.latentDimension : preset.latents.dimension;
  try {
    const shape = { sampleShape: dataset.sampleShape, latentDimension };
    const generator = architecture.build('generator', shape, RandomStream.fromSeed(0));
    const found = hasConvolutions(generator);
    generator.dispose();
    return found;
  } finally {
    await items.dispose();
  }
}

async function resolve(preset: Preset | RecipePreset, environment: ItemEnvironment): Promise<Setup> {
  if ('recipe' in preset) {
    const items = await createRecipeItems(preset, environment);
    await items.dispose();
    return { preset: preset.id, options: plain(recipeOptions(preset, items)) };
  }
  const items = await createItems(preset, environment);
  await items.dispose();
  return { preset: preset.id, options: plain(runOptions(preset, items)) };
}

/** As a record has it when it was written and read: without what is undefined. */
function plain(options: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(options)) as JsonObject;
}

function changedPreset(
  setting: Setting,
  set: Setting['set'],
  steps: number | undefined,
): Preset | RecipePreset {
  const changes = readAssignments(Object.entries(set).map(([key, value]) => `${key}=${toJson(value)}`));
  const base = basePreset(setting);
  if ('recipe' in base) {
    if (steps !== undefined) throw stepsOfRecipe(base, steps);
    return changeRecipePreset(base, changes);
  }
  const { method } = setting;
  const isOther = method !== undefined && method !== base.method.id;
  return changePreset(
    base,
    isOther ? { method: { id: method } } : {},
    changes,
    steps === undefined ? {} : { steps },
  );
}

/**
 * The preset that has a method's settings for the task of another: `gaussian-grid-sn-gan` for SN-GAN on `gaussian-grid`, whose
 * discriminator is another. Where there is none, it is that preset with the method's own defaults.
 */
function basePreset({ preset, method }: Setting): Preset | RecipePreset {
  const named = findRecipePreset(preset) ?? findPreset(preset);
  if (method === undefined) return named;
  if ('recipe' in named ? named.recipe.id === method : named.method.id === method) return named;
  const known: Readonly<Record<string, Preset>> = presets;
  const own = Object.hasOwn(known, `${preset}-${method}`) ? known[`${preset}-${method}`] : undefined;
  if (own?.method.id === method) return own;
  const recipe = Object.values<RecipePreset>(recipePresets).find(
    ({ id, recipe: { id: kind } }) => kind === method && id === `${method}-${preset}`,
  );
  if (recipe !== undefined) return recipe;
  if (Object.hasOwn(methods, method) && !('recipe' in named)) return named;
  throw new UnknownItemError(`method of ${preset}`, method, [
    ...Object.keys(methods),
    ...Object.keys(recipes),
  ]);
}
