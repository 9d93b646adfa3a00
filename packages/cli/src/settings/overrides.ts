import { latentOptions, positive, positiveInteger, resolveOptions, type JsonObject } from '@dist-gan/core';
import { measurementIds } from '@dist-gan/trainer';
import * as v from 'valibot';

/** An item with its options beside its id; which options there are is the item's own business. */
export const item = v.looseObject(
  { id: v.optional(v.string('must be the id of an item')) },
  'must be an object',
);

/** What is changed of an evaluation, whether the run has steps or stages. */
export const evaluationEntries = {
  samples: v.optional(positiveInteger),
  metrics: v.optional(v.array(item, 'must be a list of metrics')),
};

/** What a user changes of a preset, from the command line or from a configuration file. */
export const overridesSchema = v.strictObject({
  method: v.optional(item),
  architecture: v.optional(item),
  dataset: v.optional(item),
  augmentations: v.optional(v.array(item, 'must be a list, as [{"id":"diff-augment"}]')),
  guards: v.optional(v.array(item, 'must be a list, as [{"id":"metric-fall","metric":"modes-covered"}]')),
  measure: v.optional(
    v.array(v.picklist(measurementIds, `must be of ${measurementIds.join(', ')}`), 'must be a list'),
  ),
  latents: v.optional(
    v.strictObject(
      {
        dimension: v.optional(positiveInteger),
        distribution: v.optional(latentOptions.entries.distribution),
      },
      'must be an object',
    ),
  ),
  batchSize: v.optional(positiveInteger),
  steps: v.optional(positiveInteger),
  movingAverage: v.optional(
    v.nullable(
      v.strictObject(
        { halfLife: v.optional(positive), rampUp: v.optional(v.nullable(positive)) },
        'must be an object, as {"halfLife":10000}, or null for none',
      ),
    ),
  ),
  evaluation: v.optional(
    v.strictObject({ every: v.optional(positiveInteger), ...evaluationEntries }, 'must be an object'),
  ),
});

/** Dotted keys of everything but the options of items, for whoever is to be offered them. */
export const settableKeys: readonly string[] = Object.entries(overridesSchema.entries).flatMap(
  ([key, { wrapped }]) => {
    const inner = wrapped.type === 'nullable' ? wrapped.wrapped : wrapped;
    if (inner.type === 'strict_object') return Object.keys(inner.entries).map((below) => `${key}.${below}`);
    return inner.type === 'loose_object' ? [] : [key];
  },
);

/**
 * What a user changes of a preset. Items are written flat: `{ method: { id: 'dist-gan', reconstructionLabel:
 * 'fake' } }`.
 */
export type Overrides = v.InferOutput<typeof overridesSchema>;

/** @throws OptionError naming the key and the nearest known one */
export function checkOverrides(given: JsonObject, preset: string): Overrides {
  return resolveOptions(overridesSchema, given, preset);
}
