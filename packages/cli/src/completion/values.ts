import type { ItemReference, JsonObject, Preset } from '@dist-gan/core';
import type { Completion } from '../arguments/index.js';

/** Completers load what they list when they are asked. */
export async function presetNames(): Promise<Completion[]> {
  const { presets, recipePresets } = await import('@dist-gan/presets');
  return [...Object.values(presets), ...Object.values(recipePresets)].map(({ id, title }) => ({
    value: id,
    description: title,
  }));
}

/** What `fetch` brings. */
export async function publicationNames(): Promise<Completion[]> {
  const { publications } = await import('@dist-gan/datasets');
  return [...Object.keys(publications), 'inception'].map((value) => ({ value }));
}

/** Data sets that `evaluate` takes by name. */
export async function datasetNames(): Promise<Completion[]> {
  const { datasets } = await import('@dist-gan/datasets');
  return Object.keys(datasets).map((value) => ({ value }));
}

/** The keys of `--set` for the preset among the words, or for any; each ends with its equals sign. */
export async function settingKeys(words: readonly string[]): Promise<Completion[]> {
  const { presets } = await import('@dist-gan/presets');
  const { methods } = await import('@dist-gan/methods');
  const { architectures } = await import('@dist-gan/architectures');
  const { settableKeys } = await import('../settings/index.js');
  const all: Readonly<Record<string, Preset>> = presets;
  const preset = words.map((word) => (Object.hasOwn(all, word) ? all[word] : undefined)).find(Boolean);
  const keys = [
    ...settableKeys,
    ...['method.id', 'architecture.id', 'dataset.id'],
    ...optionKeys('method', methods, preset?.method),
    ...optionKeys('architecture', architectures, preset?.architecture),
    ...Object.keys(preset?.dataset.options ?? {}).map((key) => `dataset.${key}`),
  ];
  return [...new Set(keys)].map((key) => ({ value: `${key}=` }));
}

/** An item that is made says all its options, those that the preset leaves to their defaults, too. */
function optionKeys(
  kind: string,
  makers: Readonly<Record<string, (options: never) => { readonly options: JsonObject }>>,
  reference: ItemReference | undefined,
): string[] {
  if (reference === undefined || !Object.hasOwn(makers, reference.id)) return [];
  const { options } = makers[reference.id]((reference.options ?? {}) as never);
  return Object.keys(options).map((key) => `${kind}.${key}`);
}
