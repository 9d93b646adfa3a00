import type { PublishedNumber } from '@dist-gan/core';
import { presets, recipePresets } from '../registry.js';

/** The numbers of the literature that belong to a preset. */
export function publishedOf(preset: string): readonly PublishedNumber[] {
  const known: Readonly<Record<string, { readonly published: readonly PublishedNumber[] }>> = {
    ...presets,
    ...recipePresets,
  };
  return Object.hasOwn(known, preset) ? known[preset].published : [];
}
