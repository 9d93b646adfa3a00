import type { JsonObject, Preset } from '@dist-gan/core';
import { applyOverrides } from './apply-overrides.js';
import { mergeObjects } from './assignments.js';
import { checkOverrides } from './overrides.js';

/**
 * A preset with changes, later ones over earlier ones.
 *
 * @throws OptionError naming the key and the nearest known one
 */
export function changePreset(preset: Preset, ...changes: readonly JsonObject[]): Preset {
  const all = changes.reduce<JsonObject>((earlier, later) => mergeObjects(earlier, later), {});
  return applyOverrides(preset, checkOverrides(all, preset.id));
}
