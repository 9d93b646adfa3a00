import { positiveInteger, resolveOptions, type JsonObject, type RecipePreset } from '@dist-gan/core';
import * as v from 'valibot';
import { changeItem, toReference } from './apply-overrides.js';
import { evaluationEntries, item } from './overrides.js';

/** What a user changes of the preset of a recipe, likewise. */
export const recipeOverridesSchema = v.strictObject({
  recipe: v.optional(item),
  architecture: v.optional(item),
  dataset: v.optional(item),
  latentDimension: v.optional(positiveInteger),
  batchSize: v.optional(positiveInteger),
  evaluation: v.optional(v.strictObject(evaluationEntries, 'must be an object')),
});

/**
 * The preset of a recipe with a user's changes, written flat as those of other presets.
 *
 * @throws OptionError naming the key and the nearest known one
 */
export function changeRecipePreset(preset: RecipePreset, changes: JsonObject): RecipePreset {
  const given = resolveOptions(recipeOverridesSchema, changes, preset.id);
  return {
    ...preset,
    recipe: changeItem(preset.recipe, given.recipe),
    architecture: changeItem(preset.architecture, given.architecture),
    dataset: changeItem(preset.dataset, given.dataset),
    latentDimension: given.latentDimension ?? preset.latentDimension,
    batchSize: given.batchSize ?? preset.batchSize,
    evaluation: {
      samples: given.evaluation?.samples ?? preset.evaluation.samples,
      metrics: given.evaluation?.metrics?.map(toReference) ?? preset.evaluation.metrics,
    },
  };
}
