/** The JSON Schema that is published beside the program, by which editors complete and check a configuration. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject, Preset, RecipePreset } from '@dist-gan/core';
import { presets, recipePresets } from '@dist-gan/presets';
import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPreset, findRecipePreset } from '../registry.js';
import { configurationSchema } from './config-file.js';
import { changeRecipePreset, readConfigFile } from './index.js';
import { checkOverrides } from './overrides.js';

const { $schema, ...rest } = toJsonSchema(configurationSchema, {
  target: 'draft-2020-12',
  typeMode: 'input',
  // JSON has no other numbers.
  ignoreActions: ['finite'],
});
const published = { $schema, title: 'A configuration of dist-gan train', ...rest };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-schema-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As `train --config` reads it. */
function accepts(content: unknown): boolean {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(content));
  try {
    const { preset, changes } = readConfigFile(path);
    const recipe = findRecipePreset(preset);
    if (recipe === undefined) checkOverrides(changes, findPreset(preset).id);
    else changeRecipePreset(recipe, changes);
    return true;
  } catch {
    return false;
  }
}

/** Everything of a preset that can be changed, written as in a file. */
function spelledOut(preset: Preset | RecipePreset): JsonObject {
  const told = new Set(['title', 'description', 'source', 'published']);
  const kept = Object.entries(preset).filter(([key]) => key !== 'id' && !told.has(key));
  return { preset: preset.id, seed: 1, ...(flat(Object.fromEntries(kept)) as JsonObject) };
}

/** Options beside the id. */
function flat(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flat);
  if (typeof value !== 'object' || value === null) return value;
  const { options, ...own } = value as { options?: object };
  return Object.fromEntries(Object.entries({ ...own, ...options }).map(([key, inner]) => [key, flat(inner)]));
}

it('is that of the code; where it is not: pnpm vitest packages/cli/src/settings -u', async () => {
  await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot('../../config.schema.json');
});

it('says what the reader says, by an independent validator', () => {
  const validate = new Ajv2020({ strict: false }).compile(published as object);
  const good: JsonObject[] = [
    ...[...Object.values(presets), ...Object.values(recipePresets)].map(spelledOut),
    { $schema: 'x', preset: 'gaussian-grid' },
    { preset: 'gaussian-grid', movingAverage: null, guards: [{ id: 'early-stop', metric: 'fid' }] },
    { preset: 'gaussian-grid', method: { id: 'mine', any: [1] }, measure: ['weight-norms'] },
    { preset: 'ae-ot-mnist', latentDimension: 3 },
  ];
  const bad: unknown[] = [
    { preset: 'gaussian-grid', batchSise: 3 },
    { preset: 'gaussian-grid', batchSize: 0 },
    { preset: 'gaussian-grid', steps: 1.5 },
    { preset: 'gaussian-grid', seed: -1 },
    { preset: 3 },
    { preset: 'gaussian-grid', method: 'gan' },
    { preset: 'gaussian-grid', latents: { distribution: 'cauchy' } },
    { preset: 'gaussian-grid', measure: ['norms'] },
    { preset: 'gaussian-grid', evaluation: { evry: 3 } },
    { preset: 'gaussian-grid', movingAverage: { halfLife: 0 } },
    { preset: 'ae-ot-mnist', recipe: 3 },
    [],
  ];
  for (const content of good)
    expect([content, accepts(content), validate(content)]).toEqual([content, true, true]);
  for (const content of bad)
    expect([content, accepts(content), validate(content)]).toEqual([content, false, false]);
});
