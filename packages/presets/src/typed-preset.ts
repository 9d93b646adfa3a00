import type { architectures } from '@dist-gan/architectures';
import type { augmentations } from '@dist-gan/augmentations';
import type { ItemReference, JsonObject, Preset, RecipePreset, Regulariser } from '@dist-gan/core';
import type { datasets } from '@dist-gan/datasets';
import type { methods, recipes } from '@dist-gan/methods';
import type { MetricId, MetricOptions } from '@dist-gan/metrics';

/**
 * A preset whose items the compiler knows: an id that no maker stands under, an option that its maker does not take, or a
 * value of the wrong type is an error where it is written. It is plain JSON nevertheless, and every one is a `Preset`.
 */
export interface TypedPreset extends Preset {
  readonly method: ItemOf<typeof methods>;
  readonly architecture: ItemOf<typeof architectures>;
  readonly dataset: ItemOf<typeof datasets>;
  readonly augmentations?: readonly ItemOf<typeof augmentations>[];
  readonly evaluation: Preset['evaluation'] & { readonly metrics: readonly MetricReference[] };
}

/** The same of a recipe. */
export interface TypedRecipePreset extends RecipePreset {
  readonly recipe: ItemOf<typeof recipes>;
  readonly architecture: ItemOf<typeof architectures>;
  readonly dataset: ItemOf<typeof datasets>;
  readonly evaluation: RecipePreset['evaluation'] & { readonly metrics: readonly MetricReference[] };
}

/** An id of a list of makers, with options of the maker that stands under it. */
export type ItemOf<Makers> = {
  [Id in keyof Makers & string]: { readonly id: Id; readonly options?: OptionsOf<Makers[Id]> };
}[keyof Makers & string];

/** An id of a metric, with the options that it takes in training. */
type MetricReference = {
  [Id in MetricId]: { readonly id: Id; readonly options?: Plain<MetricOptions<Id>> };
}[MetricId];

type OptionsOf<Maker> = Maker extends (options?: infer Options, ...more: never[]) => unknown
  ? Plain<NonNullable<Options>>
  : JsonObject;

/**
 * The same properties as an object of no interface, which is what can be JSON (where nothing is undefined); regularisers by their
 * ids.
 */
type Plain<Options> = { [Key in keyof Options]: PlainValue<Exclude<Options[Key], undefined>> };

type PlainValue<Value> = Regulariser extends (Value extends readonly (infer Item)[] ? Item : never)
  ? readonly Plain<ItemReference>[]
  : Value extends readonly unknown[]
    ? Value
    : Value extends object
      ? Plain<Value>
      : Value;
