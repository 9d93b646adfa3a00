import { OptionError, type ItemReference, type JsonObject, type Preset } from '@dist-gan/core';
import { mergeObjects } from './assignments.js';
import type { Overrides } from './overrides.js';

type FlatItem = NonNullable<Overrides['method']>;

/** The preset with a user's changes. */
export function applyOverrides(preset: Preset, overrides: Overrides): Preset {
  const augmentations = overrides.augmentations?.map(toReference) ?? preset.augmentations;
  const guards = overrides.guards?.map(toReference) ?? preset.guards;
  const measure = overrides.measure ?? preset.measure;
  const { movingAverage: ofPreset, ...rest } = preset;
  const movingAverage = changeMovingAverage(ofPreset, overrides.movingAverage, preset.id);
  return {
    ...rest,
    ...(movingAverage !== undefined && { movingAverage }),
    ...(augmentations !== undefined && { augmentations }),
    ...(guards !== undefined && { guards }),
    ...(measure !== undefined && { measure }),
    method: changeItem(preset.method, overrides.method),
    architecture: changeItem(preset.architecture, overrides.architecture),
    dataset: changeItem(preset.dataset, overrides.dataset),
    latents: { ...preset.latents, ...overrides.latents },
    batchSize: overrides.batchSize ?? preset.batchSize,
    steps: overrides.steps ?? preset.steps,
    evaluation: {
      ...preset.evaluation,
      ...overrides.evaluation,
      metrics: overrides.evaluation?.metrics?.map(toReference) ?? preset.evaluation.metrics,
    },
  };
}

/** `null` takes it away. */
function changeMovingAverage(
  before: Preset['movingAverage'],
  change: Overrides['movingAverage'],
  preset: string,
): Preset['movingAverage'] {
  if (change === null) return undefined;
  if (change === undefined) return before;
  const { halfLife, ...rest } = { ...before, ...change };
  if (halfLife === undefined) {
    throw new OptionError(
      `${preset}.movingAverage.halfLife: is missing; give a number of samples, for instance --set movingAverage.halfLife=10000`,
      `${preset}.movingAverage.halfLife`,
      undefined,
    );
  }
  return { halfLife, ...rest };
}

/**
 * Options of another item mean nothing to the one that takes its place: it starts from its own defaults. What stays the same
 * item keeps what the change says nothing of, also within an option that is an object.
 */
export function changeItem(item: ItemReference, change: FlatItem | undefined): ItemReference {
  if (change === undefined) return item;
  const { id = item.id, ...options } = change;
  const before = id === item.id ? (item.options ?? {}) : {};
  return { id, options: mergeObjects(before, options as JsonObject) };
}

export function toReference({ id = '', ...options }: FlatItem): ItemReference {
  return { id, options: options as JsonObject };
}
