import { positiveInteger, resolveOptions, type JsonObject, type RecipePreset } from '@dist-gan/core';
import * as v from 'valibot';
import { changeItem, toReference } from './apply-overrides.js';
import { item } from './overrides.js';

const schema = v.strictObject({
  recipe: v.optional(item),
  architecture: v.optional(item),
  dataset: v.optional(item),
  latentDimension: v.optional(positiveInteger),
  batchSize: v.optional(positiveInteger),
  evaluation: v.optional(
    v.strictObject(
      {
        samples: v.optional(positiveInteger),
        metrics: v.optional(v.array(item, 'must be a list of metrics')),
      },
      'must be an object',
    ),
  ),
});

/**
 * The preset of a recipe with a user's changes, written flat as those of other presets.
 *
 * @throws OptionError naming the key and the nearest known one
 */
export function changeRecipePreset(preset: RecipePreset, changes: JsonObject): RecipePreset {
  const given = resolveOptions(schema, changes, preset.id);
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
